"""What people send stays data: it sets no header, no role, no session, and leads nowhere else."""

from typing import Any

import pytest
from django.core import mail
from django.test import Client

from commons.notices.delivering import deliver
from commons.notices.spreading import spread
from commons.people.models import User
from practices.actions import decide_sheet, submit_sheet
from tests.factories.api import client_of, refusal
from tests.factories.pages import signed_in
from tests.factories.people import PASSWORD, UserFactory
from tests.factories.sheets import draft_sheet

pytestmark = pytest.mark.django_db
ROLES = {"is_moderator": True, "is_administrator": True, "is_active": False}


def _roles(user: User) -> dict[str, bool]:
    return dict(User.objects.values(*ROLES).get(pk=user.pk))


def test_a_title_adds_no_line_to_the_head_of_a_mail(settings: Any) -> None:
    settings.NOTICE_DELAY_SECONDS = 0.0
    author = UserFactory.create()
    sheet = draft_sheet(author, title="Titre\r\nBcc: victime@ailleurs.example\r\n\r\nBonjour")
    submit_sheet(by=author, sheet=sheet)
    decide_sheet(by=UserFactory.create(is_moderator=True), sheet=sheet, state="adopted", reason="Bien")
    spread()
    deliver()
    assert [message.recipients() for message in mail.outbox] == [[author.email]]
    head = mail.outbox[0].message().as_bytes().split(b"\n\n")[0]
    assert b"\nBcc:" not in head


@pytest.mark.parametrize(
    "to", ["https://ailleurs.example/", "//ailleurs.example/", "/\\ailleurs.example", "javascript:alert(1)"]
)
def test_signing_in_leads_to_no_other_site(to: str) -> None:
    user = UserFactory.create()
    user.emailaddress_set.create(email=user.email, verified=True, primary=True)
    answer = Client().post(f"/compte/login/?next={to}", {"login": user.email, "password": PASSWORD, "next": to})
    assert (answer.status_code, answer["Location"]) == (302, "/")


def test_signing_in_renews_the_session() -> None:
    user = UserFactory.create()
    user.emailaddress_set.create(email=user.email, verified=True, primary=True)
    browser = Client()
    session = browser.session
    session["kept"] = "avant"
    session.save()
    before = session.session_key
    browser.post("/compte/login/", {"login": user.email, "password": PASSWORD})
    assert browser.session["_auth_user_id"] == str(user.pk)
    assert browser.session.session_key != before
    assert Client(headers={"Cookie": f"sessionid={before}"}).get("/mes-fiches/").status_code == 302


def test_nobody_gives_themselves_a_role() -> None:
    user = UserFactory.create()
    before = _roles(user)
    assert refusal(client_of(user).patch("/api/v1/me/", ROLES)) == (422, "invalid")
    signed_in(user).post("/profil/", {"public_name": "Moi", "language": "fr", **ROLES})
    assert _roles(user) == before
    Client().post(
        "/compte/signup/",
        {"email": "neuf@maison.example", "public_name": "Neuf", "password1": "un mot de passe neuf", **ROLES},
    )
    assert User.objects.values(*ROLES).get(email="neuf@maison.example") == {
        "is_moderator": False,
        "is_administrator": False,
        "is_active": True,
    }


def test_a_sheet_is_given_no_state_author_or_number_by_its_fields() -> None:
    author = UserFactory.create()
    sheet = draft_sheet(author)
    client = client_of(author)
    for name, value in {
        "editorial_state": "adopted",
        "id": "01",
        "created_by": 1,
        "evidence_computed": "strong",
    }.items():
        answer = client.patch(f"/api/v1/sheets/{sheet.pk}/", {name: value})
        assert answer.status_code == 422, name
    sheet.refresh_from_db()
    assert (sheet.editorial_state, sheet.created_by) == ("draft", author)
