"""Addresses of what the site says of itself."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from frontend.pages.about.views import AboutView

urlpatterns = [
    path(_("a-propos/"), AboutView.as_view(template_name="about/about.html"), name="about"),
    path(_("accessibilite/"), AboutView.as_view(template_name="about/accessibility.html"), name="accessibility"),
    path(_("vie-privee/"), AboutView.as_view(template_name="about/privacy.html"), name="privacy"),
    path(_("mentions-legales/"), AboutView.as_view(template_name="about/legal.html"), name="legal"),
]
