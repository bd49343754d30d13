"""Owns an S3 server of the tests: a bucket in memory that speaks enough of the protocol to keep uploads."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote, urlsplit


class _Bucket(BaseHTTPRequestHandler):
    objects: dict[str, bytes]
    asked: list[str]

    def _name(self) -> str:
        self.asked.append(f"{self.command} {self.headers.get('Authorization', '').split(',')[0][:24]}")
        return unquote(urlsplit(self.path).path)

    def _answer(self, status: int, body: bytes = b"") -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Last-Modified", "Fri, 27 Nov 2026 00:00:00 GMT")
        self.send_header("ETag", '"x"')
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def do_PUT(self) -> None:
        """Keep."""
        self.objects[self._name()] = self.rfile.read(int(self.headers["Content-Length"]))
        self._answer(200)

    def do_GET(self) -> None:
        """Give, or say that there is none."""
        body = self.objects.get(self._name())
        self._answer(404) if body is None else self._answer(200, body)

    do_HEAD = do_GET  # noqa: N815 - the name that http.server calls

    def do_DELETE(self) -> None:
        """Forget."""
        self.objects.pop(self._name(), None)
        self._answer(204)

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


@contextmanager
def s3_server() -> Iterator[tuple[str, dict[str, bytes], list[str]]]:
    """Yield a server's address, what it keeps by path, and what was asked with which signature."""
    objects: dict[str, bytes] = {}
    asked: list[str] = []
    handler = type("Bucket", (_Bucket,), {"objects": objects, "asked": asked})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}", objects, asked
        finally:
            server.shutdown()
            thread.join()
