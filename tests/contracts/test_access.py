"""Every address answers each role as `access.txt` says: nothing hidden is reached by guessing its number."""

import pytest

from tests.contracts.access import answers, clients_of, covered, read_rows, routes
from tests.contracts.access_world import ROLES, people, things


def test_every_address_has_its_row() -> None:
    rows = read_rows()
    assert sorted(routes() - covered(rows)) == [], "add rows to tests/contracts/access.txt"
    assert sorted({row.name for row in rows} - {name for name, _method in routes()}) == []
    assert [str(row) for row in rows if len(row.expected) != len(ROLES)] == []


@pytest.mark.ignore_template_errors  # allauth's own templates name variables that are not there
@pytest.mark.django_db
def test_every_address_answers_each_role_as_written() -> None:
    who, network = people()
    world, clients = things(who, network), clients_of(who)
    rows = read_rows()
    got = {row: answers(row, clients, world) for row in rows}
    assert [f"{row} | got {' '.join(got[row])}" for row in rows if got[row] != row.expected] == []
