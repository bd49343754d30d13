"""The floor of all floors: what a Python server costs for the least that can be called an answer."""

from typing import Any

HEADERS = [(b"content-type", b"text/plain"), (b"content-length", b"5")]


async def application(scope: Any, _receive: Any, send: Any) -> None:
    """Answer `hello` to whatever is asked (ASGI 3)."""
    if scope["type"] == "http":
        await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
        await send({"type": "http.response.body", "body": b"hello"})
