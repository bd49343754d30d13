"""The addresses of pages; French words, translated for English (French is the source).

Addresses are tried in turn: those most asked for come first, and what is written of a sheet before the sheet itself.
"""

from django.urls import include, path
from django.utils.translation import gettext_lazy as _

urlpatterns = [
    path("", include("frontend.pages.home.urls")),
    path("", include("frontend.pages.discussions.urls")),
    path("", include("frontend.pages.writing.urls")),
    path("", include("frontend.pages.catalogue.urls")),
    path("", include("frontend.pages.search.urls")),
    path("", include("frontend.pages.curation.urls")),
    path("", include("frontend.pages.moderation.urls")),
    path("", include("frontend.pages.glossary.urls")),
    path("", include("frontend.pages.houses.urls")),
    path("", include("frontend.pages.workshops.urls")),
    path("", include("frontend.pages.notices.urls")),
    path("", include("frontend.pages.people.urls")),
    path("", include("frontend.pages.about.urls")),
    path(_("compte/"), include("allauth.urls")),
]
