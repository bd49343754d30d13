"""The site's addresses, and the floors'."""

from django.urls import path

from bench import floors
from commons import urls

urlpatterns = [
    path("bench/json/", floors.bare_json),
    path("bench/rows/", floors.twenty_rows),
    path("bench/insert/", floors.bare_insert),
    *urls.urlpatterns,
]
