"""Addresses of the area: catalogue."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
