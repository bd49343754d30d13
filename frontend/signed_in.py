"""Names the person behind a request to a page for members."""

from django.http import HttpRequest

from commons.errors import NotAllowed
from commons.people.models import User


def person_of(request: HttpRequest) -> User:
    """Return who is signed in; a visitor is refused."""
    if not isinstance(request.user, User):
        raise NotAllowed
    return request.user
