"""Addresses of workshops: the calendar, series, their meetings."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from frontend.pages.workshops import reading

urlpatterns = [
    path(_("ateliers/"), reading.workshops, name="workshops"),
    path(_("ateliers/series/<str:pk>/<slug:slug>/"), reading.series, name="series"),
    path(_("ateliers/<int:pk>/<slug:slug>/"), reading.occurrence, name="occurrence"),
]
