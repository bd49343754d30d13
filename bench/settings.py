"""The real settings, with a few more addresses: the floors, views that do the least behind the same middlewares."""

from pathlib import Path

from commons.settings import *  # noqa: F403 - these settings are those, and some addresses more
from commons.settings import TEMPLATES

ROOT_URLCONF = "bench.urls"
TEMPLATES = [TEMPLATES[0] | {"DIRS": [Path(__file__).parent]}]
