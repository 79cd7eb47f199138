# SPDX-License-Identifier: Apache-2.0
"""Runs two programs at once and ends when both have ended.

    at_once.py PROGRAM ARGUMENT… -- PROGRAM ARGUMENT…

Ends with an error if one of them did.
"""

import subprocess
import sys


def main() -> None:
    arguments = sys.argv[1:]
    middle = arguments.index("--")
    processes = [subprocess.Popen(command) for command in (arguments[:middle], arguments[middle + 1 :])]
    sys.exit(any([process.wait() for process in processes]))


main()
