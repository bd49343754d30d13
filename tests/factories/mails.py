"""Makes mails as people's programs send them, and what they answer."""

from email.message import EmailMessage
from typing import Any

from commons.notices.models import Delivery, Notice
from commons.notices.replies import reply_token
from commons.people.models import User
from forum.models import Thread


def address_for(person: User, thread: Thread) -> str:
    """Return the address at which this person answers this thread."""
    notice, _new = Notice.objects.get_or_create(user=person, subject=f"thread:{thread.pk}", kind="reply")
    delivery, _new = Delivery.objects.get_or_create(notice=notice, channel="mail")
    return f"reply+{reply_token(delivery.pk)}@reponses.example"


def mail_of(person: User, to: str, text: str = "Oui, **moi**.", **headers: Any) -> EmailMessage:
    """Return a mail; `headers` are named with underscores."""
    message = EmailMessage()
    facts = {"From": f"Quelqu’un <{person.email}>", "To": f"Commons <{to}>", "Subject": "Re: [Commons] Question"}
    facts |= {"Message-ID": "<1@client.example>"} | {k.replace("_", "-"): v for k, v in headers.items()}
    for name, value in facts.items():
        if value:
            message[name] = value
    message.set_content(text)
    return message
