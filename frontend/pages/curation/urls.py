"""Addresses of the area: curation."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
