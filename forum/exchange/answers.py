"""Takes answers by mail: the address says who answers what, the words become a post, a refusal is told."""

from typing import Final

import structlog
from django.conf import settings
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commons.errors import CommonsError, Invalid
from commons.notices.models import Notice
from commons.notices.replies import read_reply_token
from commons.people.models import User
from forum.actions import add_post
from forum.exchange.letters import Letter, read_envelope, read_letter
from forum.models import Post
from forum.queries import threads_visible_to

logger = structlog.get_logger(__name__)
TOLD_ONCE_SECONDS: Final = 24 * 3600


def receive_mail(raw: bytes) -> Post | None:
    """Post what a mail answers, in the name of the person whom its address names; the same mail again is the same post.

    What a program sent, and what comes to no address of ours, is dropped without a word. What comes from another
    address than the person's, is too heavy, empty, or refused by the thread is not posted, and the person is told why,
    in their language, at their own address: never the sender, whom anybody may forge.
    """
    is_heavy = len(raw) > settings.MAIL_LIMIT
    letter = read_envelope(raw) if is_heavy else read_letter(raw)
    notice = _answered(letter)
    if letter.is_automatic or notice is None:
        logger.info("mail_dropped", is_automatic=letter.is_automatic, digest=letter.digest)
        return None
    with translation.override(notice.user.language):
        try:
            return _posted(letter, notice, is_heavy=is_heavy)
        except CommonsError as error:
            _tell_refusal(letter, notice.user, error)
    return None


def _answered(letter: Letter) -> Notice | None:
    """Return what the mail answers; nothing when none of our addresses is real, or its person is gone."""
    deliveries = (read_reply_token(token) for token in letter.tokens)
    notices = [delivery.notice for delivery in deliveries if delivery is not None]
    return next((notice for notice in notices if notice.noun == "thread" and notice.user.is_active), None)


def _posted(letter: Letter, notice: Notice, *, is_heavy: bool) -> Post:
    person = notice.user
    if letter.sender not in _addresses_of(person):
        raise Invalid({"": [_("Ce message est parti d’une autre adresse que celle de votre compte.")]}, code="sender")
    if is_heavy:
        limit = settings.MAIL_LIMIT // 1_000_000
        raise Invalid({"": [_("Ce message dépasse %(limit)d Mo.") % {"limit": limit}]}, code="too_big")
    thread = threads_visible_to(person).select_related("network", "sheet").filter(pk=notice.object_id).first()
    if thread is None:
        raise Invalid({"": [_("Cette discussion ne vous est plus ouverte.")]}, code="not_found")
    return add_post(by=person, thread=thread, body=_body(letter), client_id=f"mail.{letter.digest}")


def _addresses_of(person: User) -> set[str]:
    verified = person.emailaddress_set.filter(verified=True)  # type: ignore[attr-defined]
    return {person.email.lower(), *(email.lower() for email in verified.values_list("email", flat=True))}


def _body(letter: Letter) -> str:
    """Return the words, and one on the files that stayed behind."""
    if not letter.text or not letter.attachment_count:
        return letter.text
    said = ngettext(
        "%(count)d pièce jointe au message n’a pas été reprise.",
        "%(count)d pièces jointes au message n’ont pas été reprises.",
        letter.attachment_count,
    )
    return f"{letter.text}\n\n*{said % {'count': letter.attachment_count}}*"


def _tell_refusal(letter: Letter, person: User, error: CommonsError) -> None:
    """Mail why, once however often the mail comes, with the words, so that none is lost."""
    if not cache.add(f"mail-refused:{letter.digest}", value=True, timeout=TOLD_ONCE_SECONDS):
        return
    fields = getattr(error, "fields", {})
    why = [str(message) for messages in fields.values() for message in messages] or [str(error.message)]
    context = {"person": person, "why": " ".join(why), "text": letter.text, "site": settings.SITE_URL}
    headers = {"Auto-Submitted": "auto-replied"}
    if letter.identifier:
        headers |= {"In-Reply-To": letter.identifier, "References": letter.identifier}
    subject = _("[Commons] Votre réponse n’a pas été publiée")
    body = render_to_string("forum/mails/refused.txt", context)
    EmailMessage(subject, body, None, [person.email], headers=headers).send()
    logger.info("mail_refused", code=error.code, digest=letter.digest)
