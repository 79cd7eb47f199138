# SPDX-License-Identifier: Apache-2.0
"""The import tool that a user would write in Python, and not a bad one.

    import_tool.py URL LIB_ID FOLDER --message 1052|1030 [--keep-fitting]

As most scripts do, it decodes every photo, at a reduced scale where that is enough (draft), turns it upright, shrinks
it and encodes it again; with --keep-fitting, photos that fit the device are sent as they are. Batches are prepared and
sent by twice as many threads as there are cores, each with a connection that it keeps. The device's count of errors is
believed.
"""

import argparse
import base64
import io
import json
import os
import sys
import threading
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import requests
from PIL import Image, ImageOps

LONG_SIDE = 1280
MAXIMUM_BYTES = 524_288
BATCH_SIZE = 20
QUALITY = 90

USER = {"user_name": "admin", "user_pwd": os.environ.get("DEVICE_PASSWORD", "Facelib-2026")}


def prepared(file: Path, *, keeps_fitting: bool) -> bytes:
    """The bytes to send for a photo."""
    data = file.read_bytes()
    with Image.open(io.BytesIO(data)) as image:
        fits = image.format == "JPEG" and max(image.size) <= LONG_SIDE and len(data) <= MAXIMUM_BYTES
        if fits and keeps_fitting:
            return data
        image.draft("RGB", (LONG_SIDE, LONG_SIDE))
        image = ImageOps.exif_transpose(image)
        image.thumbnail((LONG_SIDE, LONG_SIDE), reducing_gap=None)
        out = io.BytesIO()
        image.save(out, "JPEG", quality=QUALITY)
        return out.getvalue()


class Device:
    """One login for all threads, one connection for each."""

    def __init__(self, url: str, library: int) -> None:
        self.url = url
        self.library = library
        self.own = threading.local()
        reply = requests.post(f"{url}/api/json", json={"msg_id": "257", **USER}, timeout=60).json()
        self.session_id = str(self.checked(reply))

    @staticmethod
    def checked(reply: dict) -> object:
        if reply["code"] != 0:
            sys.exit(f"the device says {reply['code']}: {reply['msg']}")
        return reply["data"]

    @property
    def session(self) -> requests.Session:
        if not hasattr(self.own, "session"):
            self.own.session = requests.Session()
            self.own.session.headers["sessionid"] = self.session_id
        return self.own.session

    def send_json(self, batch: list[tuple[str, bytes]]) -> int:
        """Message 1052; returns how many photos were refused."""
        message = {
            "msg_id": "1052",
            "lib_id": self.library,
            "uuid": str(uuid.uuid4()),
            "imgs": [
                {"filename": name, "data": "data:image/jpg;base64," + base64.b64encode(data).decode()}
                for name, data in batch
            ],
        }
        headers = {"Content-Type": "application/json"}
        reply = self.session.post(f"{self.url}/api/json", data=json.dumps(message), headers=headers, timeout=300)
        return self.checked(reply.json())["err_count"]

    def send_form(self, batch: list[tuple[str, bytes]]) -> int:
        """Message 1030; returns how many photos were refused."""
        fields = {"msg_id": "1030", "lib_id": str(self.library), "uuid": str(uuid.uuid4())}
        files = {f"img_{place}": (name, data, "image/jpeg") for place, (name, data) in enumerate(batch, 1)}
        reply = self.session.post(f"{self.url}/api/form", data=fields, files=files, timeout=300)
        return self.checked(reply.json())["err_count"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("url")
    parser.add_argument("library", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--message", choices=["1052", "1030"], default="1052")
    parser.add_argument("--keep-fitting", action="store_true")
    asked = parser.parse_args()

    start = time.monotonic()
    device = Device(asked.url, asked.library)
    send = device.send_json if asked.message == "1052" else device.send_form
    files = sorted(asked.folder.iterdir())
    batches = [files[first : first + BATCH_SIZE] for first in range(0, len(files), BATCH_SIZE)]

    def work(batch: list[Path]) -> int:
        return send([(file.name, prepared(file, keeps_fitting=asked.keep_fitting)) for file in batch])

    with ThreadPoolExecutor((os.cpu_count() or 1) * 2) as pool:
        refused = sum(pool.map(work, batches))
    seconds = time.monotonic() - start
    print(f"{len(files) - refused} portraits stored, {len(files) / seconds:.1f} portraits/s")
    if refused:
        sys.exit(f"{refused} were refused")


main()
