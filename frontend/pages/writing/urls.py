"""Addresses of the area: writing."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
