# SPDX-License-Identifier: Apache-2.0
"""A simulated device for a measurement."""

import json
import os
import re
import subprocess
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import measure
from measure import BenchmarkError

USER = "admin"
PASSWORD = "Facelib-2026"
LIBRARY = "Staff"


@dataclass(frozen=True)
class Upload:
    """One of the two ways in which batches are sent."""

    # As facelib's configuration calls it.
    setting: str
    # The message that carries a batch.
    message: str


JSON = Upload("json", "1052")
FORM = Upload("form", "1030")


class Device:
    """A running facelib-simulator that looks at no picture, so that it is the client that is measured."""

    def __init__(self, process: subprocess.Popen[str], url: str, control: str) -> None:
        self.process = process
        self.url = url
        self.control = control

    def login(self) -> str:
        """A session's id."""
        return str(self._call({"msg_id": "257", "user_name": USER, "user_pwd": PASSWORD}))

    def create_library(self) -> int:
        """Makes the library that everybody imports into."""
        message = {"msg_id": "1025", "lib_name": LIBRARY, "lib_type": 2}
        return int(self._call(message, self.login())["lib_id"])

    def choose_aes_256(self) -> None:
        """Archives have AES-128 otherwise."""
        self._call({"msg_id": "1362", "aes_crypto_flag": 1}, self.login())

    def state(self) -> dict:
        """What the device holds and which calls it counted."""
        with urllib.request.urlopen(f"{self.control}/simulator/state") as reply:
            return json.load(reply)

    def reset_calls(self) -> None:
        urllib.request.urlopen(f"{self.control}/simulator/reset-calls", data=b"").close()

    def portraits(self) -> dict[str, dict]:
        """By img_id."""
        return {
            portrait["img_id"]: portrait for library in self.state()["libraries"] for portrait in library["portraits"]
        }

    def expect_stored(self, count: int) -> None:
        """Looks at the end of the state only, which may tell of a million portraits before."""
        end = b""
        with urllib.request.urlopen(f"{self.control}/simulator/state") as reply:
            while part := reply.read(1 << 16):
                end = (end + part)[-1000:]
        (stored,) = re.findall(rb'"stored_total":(\d+)', end)
        if int(stored) != count:
            raise BenchmarkError(f"the device has stored {int(stored)} portraits and not {count}")

    def cpu_seconds(self) -> float:
        return measure.cpu_seconds(self.process.pid)

    def _call(self, message: Mapping[str, object], session: str | None = None) -> Any:
        request = urllib.request.Request(
            f"{self.url}/api/json",
            data=json.dumps(message).encode(),
            headers={"Content-Type": "application/json", **({"sessionid": session} if session else {})},
        )
        with urllib.request.urlopen(request) as reply:
            answer = json.load(reply)
        if answer["code"] != 0:
            raise BenchmarkError(f"message {message['msg_id']} got {answer['code']}: {answer['msg']}")
        return answer["data"]


@contextmanager
def running(simulator: Path, data: Path, *options: str) -> Iterator[Device]:
    """Starts a device that keeps its data in a folder, and stops it."""
    ports = ["--port", "0", "--control-port", "0"]
    process = subprocess.Popen(
        [simulator, "--data", data, *ports, "--no-decode", "--until-input-ends", *options],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin and process.stdout
    try:
        url = process.stdout.readline().strip()
        control = process.stdout.readline().strip().removeprefix("control ")
        if not control.startswith("http"):
            raise BenchmarkError("the simulator did not start")
        yield Device(process, url, control)
    finally:
        process.stdin.close()
        process.terminate()
        process.wait()
        process.stdout.close()


def write_configuration(folder: Path, url: str, **settings: int | str) -> Path:
    """What facelib needs to know of a device that it is to call `device`."""
    folder.mkdir(parents=True, exist_ok=True)
    password = folder / "password"
    password.touch(mode=0o600)
    password.write_text(PASSWORD + "\n")
    values = {"url": url, "user": USER, "password_file": "password", **settings}
    lines = [f"{key} = {json.dumps(value)}" for key, value in values.items()]
    file = folder / "config.toml"
    file.write_text("[devices.device]\n" + "\n".join(lines) + "\n")
    os.chmod(file, 0o600)
    return file
