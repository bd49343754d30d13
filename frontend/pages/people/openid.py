"""The door through which a house's OpenID provider sends a person back."""

from typing import Any

from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from django.http import Http404, HttpRequest

from commons.people.openid import Adapter


def callback(request: HttpRequest, provider_id: str) -> Any:
    """Sign in whom the provider names, read by our adapter instead of allauth's."""
    try:
        return OAuth2CallbackView.adapter_view(Adapter(request, provider_id))(request)
    except SocialApp.DoesNotExist as error:
        raise Http404 from error
