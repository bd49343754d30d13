"""Addresses of discussions."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from frontend.pages.discussions import threads

urlpatterns = [
    path(_("discussions/"), threads.listing, name="threads"),
    path(_("discussions/<str:pk>/messages/<int:seq>/"), threads.post_options, name="post_options"),
    path(_("discussions/<str:pk>/messages/<int:seq>/historique/"), threads.post_history, name="post_history"),
    path(_("discussions/<str:pk>/<slug:slug>/"), threads.thread, name="thread"),
]
