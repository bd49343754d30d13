"""Owns removing the demonstration: what it brought goes, what others made stays."""

from django.db import transaction
from django.utils import timezone

from commons.bus import publish
from commons.people.models import Institution, Network, User
from commons.text.normalise import normal_key
from events.models import Series
from frontend.demo.files import SOURCE, rows_of, sheet_files
from frontend.demo.people import people_of_demo
from frontend.demo.threads import threads_of_demo
from practices.actions import withdraw_rating, withdraw_support
from practices.enums import TermState
from practices.models import Collection, Sheet, Support, Term
from practices.signals import SheetChanged


@transaction.atomic
def remove_demo() -> int:
    """Remove the demonstration and return how many things went, those that hung on them not counted.

    A house or a network that somebody else uses by now stays, and so does a sheet written with a demo account.
    """
    counts = [_remove_threads(), _remove_sheets(), _remove_collections(), _remove_workshops()]
    counts += [_remove_people(), _remove_networks(), _remove_houses()]
    _remove_terms()
    return sum(counts)


def _remove_threads() -> int:
    return len([thread.delete() for thread in threads_of_demo()])


def _remove_sheets() -> int:
    sheets = Sheet.objects.filter(source_key__startswith=SOURCE)
    ids = list(sheets.values_list("pk", flat=True))
    sheets.delete()
    for pk in ids:
        publish(SheetChanged(pk))
    return len(ids)


def _remove_collections() -> int:
    rows = rows_of("collections")
    ours = [Collection.objects.filter(network__slug=row["network"], slug=row["slug"]) for row in rows]
    return sum(1 for found in ours if found.delete()[0])


def _remove_workshops() -> int:
    rows = rows_of("workshops") + rows_of("rooms")
    ours = [Series.objects.filter(network__slug=row["network"], title=row["title"]) for row in rows]
    return sum(1 for found in ours if found.delete()[0])


def _remove_people() -> int:
    """Remove the accounts; what they said of other sheets is withdrawn first, so that those are counted again."""
    people = list(people_of_demo().values())
    for person in people:
        for rating in person.ratings.select_related("sheet"):
            withdraw_rating(by=person, sheet=rating.sheet)
    for support in Support.objects.filter(user__in=people).select_related("user", "sheet"):
        withdraw_support(by=support.user, sheet=support.sheet)
    User.objects.filter(pk__in=[user.pk for user in people]).delete()
    return len(people)


def _remove_networks() -> int:
    ours = Network.objects.filter(slug__in=[row["slug"] for row in rows_of("networks")])
    unused = ours.filter(memberships=None, sheets=None, collections=None, series=None, threads=None)
    return len([network.delete() for network in unused])


def _remove_houses() -> int:
    ours = Institution.objects.filter(slug__in=[row["slug"] for row in rows_of("houses")])
    unused = ours.filter(people=None, sheets=None, trials=None, ratings=None)
    return len([house.delete() for house in unused])


def _remove_terms() -> None:
    """Remove the terms the sheets had proposed, unless a curator approved them or another sheet bears them."""
    files = sheet_files(timezone.localdate())
    keys = {normal_key(tag) for file in files for tag in file.content.get("tags", ())}
    keys |= {normal_key(tag) for row in rows_of("threads") for tag in row.get("tags", ())}
    Term.objects.filter(key__in=keys, state=TermState.PROPOSED, tagged_sheets=None, tagged_threads=None).delete()
