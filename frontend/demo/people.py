"""Owns the demonstration's houses, people and networks."""

import datetime
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from commons.people.actions import (
    accept_member,
    add_institution,
    add_network,
    change_member_role,
    change_profile,
    join_network,
)
from commons.people.enums import MemberRole, MemberState
from commons.people.models import Institution, Membership, Network, User
from frontend.demo.files import moment, rows_of

PASSWORD = "commons-demo"  # noqa: S105 - printed at start; on a public address the accounts have none
SETTLED_DAYS = 700
PROFILE = ("public_name", "job", "help_text")

People = dict[str, User]


def load_people(today: datetime.date, *, is_public: bool) -> int:
    """Add the people, houses and networks that are missing, and return how many; those there are left alone.

    On a public address nobody gets the password that everybody knows: the accounts are for reading only.
    """
    rows = rows_of("people")
    new_people = _add_accounts(rows, is_public=is_public)
    people = people_of_demo()
    admin = people[next(row["email"] for row in rows if row["site_role"] == "administrator")]
    new_houses = _add_houses(admin)
    for row in rows:
        if row["email"] in new_people:
            _introduce(people[row["email"]], row)
    new_networks = _add_networks(admin)
    for row in rows_of("networks"):
        _gather(row, admin, new_people, is_new=row["slug"] in new_networks)
    _backdate(today, new_people, new_houses, new_networks)
    return len(new_people) + len(new_houses) + len(new_networks)


def people_of_demo() -> People:
    """Return the demonstration's people by address."""
    emails = [row["email"] for row in rows_of("people")]
    return {user.email: user for user in User.objects.filter(email__in=emails).select_related("institution")}


def _add_accounts(rows: list[dict[str, Any]], *, is_public: bool) -> set[str]:
    known = set(people_of_demo())
    missing = [row for row in rows if row["email"] not in known]
    password = make_password(None if is_public else PASSWORD) if missing else ""
    for row in missing:
        role = row["site_role"]
        user = User.objects.create(
            email=row["email"],
            password=password,
            public_name=row["public_name"],
            is_administrator=role == "administrator",
            is_moderator=role == "moderator",
        )
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return {row["email"] for row in missing}


def _introduce(user: User, row: dict[str, Any]) -> None:
    house = Institution.objects.filter(slug=row["house"] or "").first()
    values = {name: row[name] for name in PROFILE} | {"institution": house}
    change_profile(by=user, person=user, values=values)


def _add_houses(admin: User) -> set[str]:
    known = set(Institution.objects.values_list("slug", flat=True))
    missing = [row for row in rows_of("houses") if row["slug"] not in known]
    for row in missing:
        values = {name: value for name, value in row.items() if name != "slug"}
        add_institution(by=admin, values=values, slug=row["slug"])
    return {row["slug"] for row in missing}


def _add_networks(admin: User) -> set[str]:
    known = set(Network.objects.values_list("slug", flat=True))
    missing = [row for row in rows_of("networks") if row["slug"] not in known]
    for row in missing:
        values = {name: row[name] for name in ("name", "summary", "about", "is_open")}
        add_network(by=admin, slug=row["slug"], values=values)
    return {row["slug"] for row in missing}


def _gather(row: dict[str, Any], admin: User, new_people: set[str], *, is_new: bool) -> None:
    network = Network.objects.get(slug=row["slug"])
    people = people_of_demo()
    for member in row["members"]:
        if is_new or member["email"] in new_people:
            _enrol(people[member["email"]], network, member["role"], admin)


def _enrol(user: User, network: Network, role: str, admin: User) -> None:
    membership = join_network(by=user, network=network)
    if membership.state != MemberState.ACTIVE:
        accept_member(by=admin, membership=membership)
    if role != MemberRole.MEMBER:
        change_member_role(by=admin, membership=membership, role=role)


def _backdate(today: datetime.date, people: set[str], houses: set[str], networks: set[str]) -> None:
    settled = moment(today, SETTLED_DAYS)
    User.objects.filter(email__in=people).update(date_joined=settled)
    Institution.objects.filter(slug__in=houses).update(created_at=settled, updated_at=settled)
    Network.objects.filter(slug__in=networks).update(created_at=settled)
    Membership.objects.filter(user__email__in=people).update(created_at=settled)
