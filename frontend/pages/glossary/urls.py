"""Addresses of the area: glossary."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
