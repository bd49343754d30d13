"""Owns the key of a person's own calendar: calendar programs sign in with nothing else."""

from django.utils.crypto import constant_time_compare, salted_hmac

from commons.people.models import User

SALT = "commons.people.calendars"


def calendar_key(user: User) -> str:
    """Return the key of the person's calendar: never stored, another one as soon as `calendar_generation` rises."""
    signed = salted_hmac(SALT, f"{user.pk}:{user.calendar_generation}", algorithm="sha256").hexdigest()
    return f"{user.pk}-{signed[:40]}"


def owner_of_calendar(key: str) -> User | None:
    """Return whose calendar a key opens; nobody's for a key that was revoked, made up, or of a closed account."""
    number, _dash, _signed = key.partition("-")
    if not number.isascii() or not number.isdigit() or len(number) > 18:  # noqa: PLR2004 - what a big integer holds
        return None
    user = User.objects.filter(pk=int(number), is_active=True).first()
    return user if user is not None and constant_time_compare(key, calendar_key(user)) else None
