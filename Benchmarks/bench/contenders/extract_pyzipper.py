# SPDX-License-Identifier: Apache-2.0
"""Extracts encrypted zips with pyzipper.

    extract_pyzipper.py PASSPHRASE_FILE ZIP… --to FOLDER

With --read-only in place of --to it reads every byte and writes nothing.
"""

import argparse
import shutil
from pathlib import Path

import pyzipper


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("passphrase_file", type=Path)
    parser.add_argument("archives", nargs="+", type=Path)
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--to", type=Path)
    what.add_argument("--read-only", action="store_true")
    asked = parser.parse_args()
    passphrase = asked.passphrase_file.read_text().strip().encode()
    for path in asked.archives:
        with pyzipper.AESZipFile(path) as archive:
            archive.setpassword(passphrase)
            if asked.to:
                archive.extractall(asked.to)
                continue
            for name in archive.namelist():
                with archive.open(name) as entry:
                    while entry.read(shutil.COPY_BUFSIZE):
                        pass


main()
