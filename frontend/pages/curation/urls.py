"""Addresses where sheets are decided on."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from frontend.pages.curation import views

urlpatterns = [
    path(_("a-decider/"), views.queue, name="queue"),
    path(_("a-decider/<str:pk>/"), views.decide, name="sheet_decide"),
]
