"""The one-process application: pages through a pool of WSGI threads, beside the sockets and the long polls.

Django's middlewares cost two thread hops each under ASGI; a pool of WSGI threads serves four to five times
more pages on the same process (docs/adr/0002-pages-through-wsgi.md).
"""

import os
from importlib import import_module

from a2wsgi import WSGIMiddleware
from channels.routing import ProtocolTypeRouter, URLRouter

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "commons.settings")

from commons.wsgi import application as pages

# These import models, so they come after the application that loads them.
from django.conf import settings  # isort: skip
from commons.live.origin import OwnOrigin  # isort: skip
from commons.live.waiting import LongPoll  # isort: skip
from commons.people.live import SignedIn  # isort: skip

routes = import_module(settings.SOCKET_ROUTES)

application = ProtocolTypeRouter(
    {
        # Django types its handler's answer as any response, a2wsgi as the bytes that every response yields.
        "http": LongPoll(WSGIMiddleware(pages, workers=8), routes.room_of),  # type: ignore[arg-type]
        "websocket": OwnOrigin(SignedIn(URLRouter(routes.sockets))),
    }
)
