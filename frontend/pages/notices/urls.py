"""Addresses of the pages of notices."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from frontend.pages.notices import choosing, listing, stopping

urlpatterns = [
    path(_("notifications/"), listing.notices, name="notices"),
    path(_("notifications/lues/"), listing.read, name="notices_read"),
    path(_("notifications/<int:pk>/"), listing.follow, name="notice"),
    path(_("notifications/choix/"), choosing.choices, name="notice_choices"),
    path(_("notifications/suivre/"), choosing.stance, name="subject_stance"),
    path(_("notifications/arret/<str:token>/"), stopping.stop, name="notices_stop"),
]
