"""Addresses of the area: people."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
