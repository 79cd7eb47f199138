# SPDX-License-Identifier: Apache-2.0
"""Posts a folder of photos with curl(1): what the wire and the device allow when nobody looks at a photo.

    post_with_curl.py write 1052|1030 FOLDER BODIES LIB_ID     writes the bodies of a message, twenty photos each
    post_with_curl.py post 1052|1030 BODIES URL SESSION        posts them: two curls at once, each over one connection

Ends with an error if the device refused a photo.
"""

import base64
import json
import subprocess
import sys
import uuid
from collections.abc import Callable
from pathlib import Path

BATCH_SIZE = 20
PROCESSES = 2
# No photo has it by chance.
BOUNDARY = "bench-5c0a6f4e8f6b4a0d9d0f3a8c1b7e2d64"


def json_body(files: list[Path], library: int) -> bytes:
    """Message 1052."""
    message = {
        "msg_id": "1052",
        "lib_id": library,
        "uuid": str(uuid.uuid4()),
        "imgs": [
            {"filename": file.name, "data": "data:image/jpg;base64," + base64.b64encode(file.read_bytes()).decode()}
            for file in files
        ],
    }
    return json.dumps(message, ensure_ascii=False).encode()


def form_body(files: list[Path], library: int) -> bytes:
    """Message 1030."""
    fields = {"msg_id": "1030", "lib_id": str(library), "uuid": str(uuid.uuid4())}
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    ]
    for place, file in enumerate(files, 1):
        head = f'Content-Disposition: form-data; name="img_{place}"; filename="{file.name}"'
        parts.append(f"--{BOUNDARY}\r\n{head}\r\nContent-Type: image/jpeg\r\n\r\n".encode())
        parts += [file.read_bytes(), b"\r\n"]
    return b"".join([*parts, f"--{BOUNDARY}--\r\n".encode()])


# By message: how a body is made, where it is posted, and what it is said to be.
MESSAGES: dict[str, tuple[Callable[[list[Path], int], bytes], str, str]] = {
    "1052": (json_body, "/api/json", "application/json"),
    "1030": (form_body, "/api/form", f"multipart/form-data; boundary={BOUNDARY}"),
}


def write(message: str, folder: Path, bodies: Path, library: int) -> None:
    bodies.mkdir(parents=True)
    files = sorted(folder.iterdir())
    make = MESSAGES[message][0]
    for first in range(0, len(files), BATCH_SIZE):
        (bodies / f"{first:07}").write_bytes(make(files[first : first + BATCH_SIZE], library))


def configuration(message: str, bodies: list[Path], url: str, session: str) -> str:
    """A body is read from its file while it is sent; --data-binary would have all of them in memory first."""
    _, path, kind = MESSAGES[message]
    return "\nnext\n".join(
        f'url = "{url}{path}"\nrequest = "POST"\nupload-file = "{body}"\nsilent\nshow-error\n'
        f'header = "Content-Type: {kind}"\nheader = "sessionid: {session}"\nheader = "Expect:"'
        for body in bodies
    )


def post(message: str, bodies: Path, url: str, session: str) -> None:
    files = sorted(bodies.iterdir())
    curls = []
    for first in range(PROCESSES):
        curl = subprocess.Popen(["curl", "--config", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert curl.stdin
        curl.stdin.write(configuration(message, files[first::PROCESSES], url, session))
        curl.stdin.close()
        curls.append(curl)
    # The replies are a line each and fit into the pipes, so that the first curl may be waited for first.
    replies = "".join(curl.stdout.read() for curl in curls if curl.stdout)
    if any(curl.wait() for curl in curls) or replies.count('"err_count":0') != len(files):
        sys.exit(f"not every body was taken: {replies[:500]}")


def main() -> None:
    match sys.argv[1:]:
        case ["write", message, folder, bodies, library] if message in MESSAGES:
            write(message, Path(folder), Path(bodies), int(library))
        case ["post", message, bodies, url, session] if message in MESSAGES:
            post(message, Path(bodies), url, session)
        case _:
            sys.exit(__doc__)


main()
