"""Addresses of moderation."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from frontend.pages.moderation import handling, reporting, sanctions

urlpatterns = [
    path(_("signaler/"), reporting.report, name="report"),
    path(_("signalements-et-mesures/"), reporting.mine, name="my_moderation"),
    path(_("moderation/"), handling.queue, name="moderation"),
    path(_("moderation/messages/"), handling.held, name="moderation_held"),
    path(_("moderation/journal/"), handling.audit, name="moderation_audit"),
    path(_("moderation/signalements/<int:pk>/"), handling.handle, name="moderation_report"),
    path(_("moderation/personnes/<int:pk>/"), sanctions.sanctions, name="moderation_person"),
]
