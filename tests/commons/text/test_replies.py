"""What remains of a mail is what its writer wrote: Gmail, Outlook, Thunderbird, Apple Mail, K-9, Yahoo."""

from pathlib import Path

import pytest
import yaml

from commons.text.replies import reply_in, text_of_mail

SAID = "Bonjour,\n\nOui, **deux micros** suffisent.\n\nLe lundi, nous écrivons tout."
MAILS = yaml.safe_load((Path(__file__).parent / "mails.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("client", MAILS["after"])
def test_the_answer_is_what_was_written(client: str) -> None:
    assert reply_in(SAID + MAILS["after"][client]) == SAID


def test_answers_between_quoted_lines_are_kept() -> None:
    mail = "On 23/11/2026 14:02, Commons wrote:\n> Who?\n\nMe.\n\n> When?\nNow.\n"
    assert reply_in(mail) == "Me.\n\nNow."


@pytest.mark.parametrize(
    "text",
    [
        "Le soir, elle a écrit :\nune lettre",
        "Cordialement,",
        "Best,\n" + "\n".join("une ligne" for _n in range(14)),
        "Trois points :\n- un\n- deux\n\nDe : rien, ou presque",
        "Le\n\nseul",
        "",
    ],
)
def test_what_only_looks_like_a_quote_stays(text: str) -> None:
    kept = text if not text.startswith("Le soir") else ""
    assert reply_in(text) == kept


def test_a_formula_in_the_middle_of_a_long_text_stays() -> None:
    text = "Bonjour,\n\nBest\n" + "\n".join(f"ligne {n}" for n in range(14))
    assert reply_in(text) == text


@pytest.mark.parametrize("quoted", MAILS["html"])
def test_a_mail_of_html_alone_is_read(quoted: str) -> None:
    said = "<html><head><style>p {}</style></head><body><p>Bonjour,</p><div>Oui,\n deux &amp; plus.</div>"
    assert reply_in(text_of_mail(f"{said}{quoted}</body></html>")) == "Bonjour,\n\nOui, deux & plus."
