"""Addresses of the area: about."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
