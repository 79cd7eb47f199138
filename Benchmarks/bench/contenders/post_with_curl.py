# SPDX-License-Identifier: Apache-2.0
"""Posts a folder of photos with curl(1): what the wire and the device allow when nobody looks at a photo.

    post_with_curl.py write FOLDER BODIES LIB_ID     writes the bodies of message 1052, twenty photos each
    post_with_curl.py post BODIES URL SESSION        posts them: two curls at once, each over one kept connection
"""

import base64
import json
import subprocess
import sys
import uuid
from pathlib import Path

BATCH_SIZE = 20
PROCESSES = 2


def write(folder: Path, bodies: Path, library: int) -> None:
    bodies.mkdir(parents=True)
    files = sorted(folder.iterdir())
    for first in range(0, len(files), BATCH_SIZE):
        message = {
            "msg_id": "1052",
            "lib_id": library,
            "uuid": str(uuid.uuid4()),
            "imgs": [
                {
                    "filename": file.name,
                    "data": "data:image/jpg;base64," + base64.b64encode(file.read_bytes()).decode(),
                }
                for file in files[first : first + BATCH_SIZE]
            ],
        }
        (bodies / f"{first:07}.json").write_text(json.dumps(message, ensure_ascii=False))


def configuration(bodies: list[Path], url: str, session: str) -> str:
    """A body is read from its file while it is sent; --data-binary would have all of them in memory first."""
    return "\nnext\n".join(
        f'url = "{url}/api/json"\nrequest = "POST"\nupload-file = "{body}"\nsilent\nshow-error\n'
        f'header = "Content-Type: application/json"\nheader = "sessionid: {session}"\nheader = "Expect:"'
        for body in bodies
    )


def post(bodies: Path, url: str, session: str) -> None:
    files = sorted(bodies.iterdir())
    curls = []
    for first in range(PROCESSES):
        curl = subprocess.Popen(["curl", "--config", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert curl.stdin
        curl.stdin.write(configuration(files[first::PROCESSES], url, session))
        curl.stdin.close()
        curls.append(curl)
    # The replies are a line each and fit into the pipes, so that the first curl may be waited for first.
    replies = "".join(curl.stdout.read() for curl in curls if curl.stdout)
    if any(curl.wait() for curl in curls) or replies.count('"err_count":0') != len(files):
        sys.exit(f"not every body was taken: {replies[:500]}")


def main() -> None:
    match sys.argv[1:]:
        case ["write", folder, bodies, library]:
            write(Path(folder), Path(bodies), int(library))
        case ["post", bodies, url, session]:
            post(Path(bodies), url, session)
        case _:
            sys.exit(__doc__)


main()
