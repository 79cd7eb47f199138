// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <archive.h>
#include <archive_entry.h>

/// `AE_IFREG` is a cast of a number, which does not import.
static const unsigned int fl_ae_ifreg = AE_IFREG;
