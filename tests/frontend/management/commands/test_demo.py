"""`manage.py demo` loads, prints the sign-ins, and removes."""

import io

import pytest
from django.core.management import call_command
from pytest_django import Settings

from frontend.demo.people import people_of_demo

pytestmark = pytest.mark.django_db


def _run(*args: str) -> str:
    out = io.StringIO()
    call_command("demo", *args, stdout=out)
    return out.getvalue()


def test_demo_loads_prints_the_sign_ins_and_removes(settings: Settings) -> None:
    lines = _run().splitlines()
    assert lines[:2] == ["demo: 188 things added", "demo: sign in with the password commons-demo as"]
    assert [line.split() for line in lines[2:7]] == [
        ["administrator", "ines.karvel@exemple.example"],
        ["moderator", "baptiste.orvand@exemple.example"],
        ["curator", "maud.leferrec@exemple.example"],
        ["facilitator", "hugo.pellestrin@exemple.example"],
        ["member", "pauline.esterac@exemple.example"],
    ]
    people = people_of_demo()
    assert [people[line.split()[1]].is_administrator for line in lines[2:7]] == [True, False, False, False, False]
    settings.SITE_URL = "https://commons.example"
    assert _run().splitlines() == [
        "demo: 0 things added",
        "demo: this address is public, so the demo accounts have no password",
    ]
    assert _run("--remove") == "demo: 90 things removed\n"
