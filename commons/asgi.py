"""The one-process application: pages through a pool of WSGI threads, beside the sockets to come.

Django's middlewares cost two thread hops each under ASGI; a pool of WSGI threads serves four to five times
more pages on the same process (docs/adr/0002-pages-through-wsgi.md).
"""

import os

from a2wsgi import WSGIMiddleware
from channels.routing import ProtocolTypeRouter

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "commons.settings")

from commons.wsgi import application as pages

# Django types its handler's answer as any response, a2wsgi as the bytes that every response yields.
application = ProtocolTypeRouter({"http": WSGIMiddleware(pages, workers=8)})  # type: ignore[arg-type]
