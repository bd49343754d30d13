"""The application that serves pages and the API."""

import os

from django.core.wsgi import get_wsgi_application

from commons.safety import refuse_unsafe

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "commons.settings")

application = get_wsgi_application()
refuse_unsafe()
