# SPDX-License-Identifier: Apache-2.0
"""Invented portraits: drawn people, the files they are saved as, and the sets made of them."""
