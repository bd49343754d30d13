"""The real settings, with one more address: the floor, a view that does nothing behind the same middlewares."""

from commons.settings import *  # noqa: F403 - these settings are those, and one address more

ROOT_URLCONF = "bench.urls"
