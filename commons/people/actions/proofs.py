"""Writes and checks what proves that the person at the keyboard is the one whose account it is."""

import secrets
from typing import Final

from django.contrib.auth.hashers import check_password, make_password
from django.core.cache import cache
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from commons.errors import Invalid, TooMany
from commons.people.models import User
from commons.permissions import require

CODE_SECONDS: Final = 15 * 60
MOST_GUESSES = 5
DIGITS = 8


def send_code(*, by: User) -> None:
    """Mail a code to who has no password, good for a quarter of an hour; another one replaces it, three at most."""
    require(by, "people.change_person", by)
    _count(f"proof-codes:{by.pk}", most=3)
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    cache.set(f"proof-code:{by.pk}", make_password(code), CODE_SECONDS)
    with translation.override(by.language):
        subject = _("[Commons] Votre code de confirmation")
        body = render_to_string("people/mails/code.txt", {"person": by, "code": code})
    send_mail(subject, body, None, [by.email])


def require_proof(person: User, proof: str) -> None:
    """Refuse unless `proof` is the person's password, or the code they were mailed; five guesses in 15 minutes."""
    key = f"proof-guesses:{person.pk}"
    _count(key, most=MOST_GUESSES)
    if person.has_usable_password():
        is_right = person.check_password(proof)
    else:
        is_right = check_password("".join(proof.split()), cache.get(f"proof-code:{person.pk}", ""))
    if not is_right:
        raise Invalid({"proof": [_("Ce n’est pas le bon mot de passe, ou le bon code.")]}, code="wrong_proof")
    cache.delete_many([key, f"proof-code:{person.pk}"])


def _count(key: str, *, most: int) -> None:
    cache.add(key, 0, CODE_SECONDS)
    if cache.incr(key) > most:
        raise TooMany(_("Trop d’essais : réessayez dans un quart d’heure."))
