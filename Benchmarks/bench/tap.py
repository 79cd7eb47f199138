# SPDX-License-Identifier: Apache-2.0
"""Stands between facelib and a device and notes when what is asked."""

import asyncio
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

UPLOAD = re.compile(rb'"msg_id"\s*:\s*"1052"')
# So long a piece of what came before is looked at again, since a message may be cut anywhere.
OVERLAP = 32


class Tap:
    """Passes on bytes in both directions."""

    def __init__(self, url: str) -> None:
        self.target = urlsplit(url)
        self.url = ""
        self.first_request: float | None = None
        self.first_upload: float | None = None
        self.uploads = 0
        self.uploading = threading.Condition()

    def forget(self) -> None:
        self.first_request = self.first_upload = None
        self.uploads = 0

    def wait_for_uploads(self, count: int, timeout: float) -> bool:
        """Whether so many batches were sent in that time."""
        with self.uploading:
            return self.uploading.wait_for(lambda: self.uploads >= count, timeout)

    def _note(self, seen: bytes) -> None:
        now = time.monotonic()
        with self.uploading:
            self.first_request = self.first_request or now
            found = len(UPLOAD.findall(seen))
            if found:
                self.first_upload = self.first_upload or now
                self.uploads += found
                self.uploading.notify_all()

    async def serve(self, client: asyncio.StreamReader, answers: asyncio.StreamWriter) -> None:
        device, requests = await asyncio.open_connection(self.target.hostname, self.target.port)
        await asyncio.gather(self._pass(client, requests, looks=True), self._pass(device, answers, looks=False))

    async def _pass(self, source: asyncio.StreamReader, target: asyncio.StreamWriter, *, looks: bool) -> None:
        tail = b""
        try:
            while data := await source.read(1 << 18):
                if looks:
                    seen = tail + data
                    matches = list(UPLOAD.finditer(seen))
                    self._note(seen)
                    # What was counted must not be counted again.
                    tail = seen[max(len(seen) - OVERLAP, matches[-1].end() if matches else 0) :]
                target.write(data)
                await target.drain()
        except ConnectionError:
            # A client that was killed.
            pass
        finally:
            target.close()


@contextmanager
def tapped(url: str) -> Iterator[Tap]:
    """A tap before a device, for as long as the body runs; it works in a thread of its own."""
    tap = Tap(url)
    loop = asyncio.new_event_loop()
    server = loop.run_until_complete(asyncio.start_server(tap.serve, "127.0.0.1", 0, limit=1 << 18))
    tap.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    thread = threading.Thread(target=loop.run_forever)
    thread.start()

    async def stop() -> None:
        server.close()
        others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    try:
        yield tap
    finally:
        asyncio.run_coroutine_threadsafe(stop(), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
