"""Addresses of the area: houses."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
