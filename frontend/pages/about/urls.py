"""Addresses of what the site says of itself."""

from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

urlpatterns = [
    path(_("a-propos/"), TemplateView.as_view(template_name="about/about.html"), name="about"),
    path(_("accessibilite/"), TemplateView.as_view(template_name="about/accessibility.html"), name="accessibility"),
    path(_("vie-privee/"), TemplateView.as_view(template_name="about/privacy.html"), name="privacy"),
    path(_("mentions-legales/"), TemplateView.as_view(template_name="about/legal.html"), name="legal"),
]
