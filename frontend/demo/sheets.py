"""Owns the demonstration's sheets: written, proposed, decided and dated as their files say."""

import datetime
from collections.abc import Iterable

from commons.people.enums import MemberRole
from commons.people.models import Membership, Network, User
from frontend.demo.files import SOURCE, SheetFile, Values, moment, sheet_files
from frontend.demo.people import People, people_of_demo
from practices.actions import (
    accept_invitation,
    create_sheet,
    decide_sheet,
    invite_author,
    publish_version,
    save_sheet,
    submit_sheet,
)
from practices.actions.versions import REVIEW_AFTER
from practices.enums import EditorialState
from practices.models import Decision, Sheet, Version

State = EditorialState
ROADS: dict[str, tuple[str, ...]] = {
    State.CANDIDATE: (State.CANDIDATE,),
    State.ADOPTED: (State.CANDIDATE, State.ADOPTED),
    State.TO_REVIEW: (State.CANDIDATE, State.ADOPTED, State.TO_REVIEW),
    State.ARCHIVED: (State.CANDIDATE, State.ADOPTED, State.ARCHIVED),
}
READING_DAYS = 6
ADOPTION_DAYS = 5
LATE_DAYS = 15


def load_sheets(today: datetime.date) -> dict[str, Sheet]:
    """Add the sheets that are missing and return them by slug; those there are left alone."""
    known = ids_of_demo()
    people = people_of_demo()
    added: dict[str, Sheet] = {}
    for file in sheet_files(today):
        if file.slug not in known:
            added[file.slug] = _add_sheet(file, people, known, today)
            known[file.slug] = added[file.slug].pk
    return added


def ids_of_demo() -> dict[str, str]:
    """Return the identifiers of the demonstration's sheets by slug."""
    rows = Sheet.objects.filter(source_key__startswith=SOURCE).values_list("source_key", "pk")
    return {(key or "").removeprefix(SOURCE): pk for key, pk in rows}


def _add_sheet(file: SheetFile, people: People, known: dict[str, str], today: datetime.date) -> Sheet:
    author = people[file.life["author"]]
    sheet = create_sheet(by=author, values=_first_content(file, known))
    Sheet.objects.filter(pk=sheet.pk).update(source_key=file.source_key)
    for email in file.life["co_authors"]:
        accept_invitation(by=people[email], invitation=invite_author(by=author, sheet=sheet, user=people[email]))
    if file.life["state"] != State.DRAFT:
        network = Network.objects.get(slug=file.life["network"])
        submit_sheet(by=author, sheet=sheet, network=network)
        _decide(file, sheet, _reader_of(network, sheet))
        _revise(file, sheet, author)
    _backdate(file, sheet, today)
    sheet.refresh_from_db()
    return sheet


def _first_content(file: SheetFile, known: dict[str, str]) -> Values:
    content = dict(file.content)
    for revision in reversed(file.life.get("versions", ())):
        content |= revision["before"]
    if origin := content.get("based_on"):
        content["based_on"] = origin | {"sheet": known[origin["sheet"]]}
    return content


def _reader_of(network: Network, sheet: Sheet) -> User:
    """Return a curator who did not write the sheet, else an administrator."""
    writers = sheet.authorships.values("user")
    curating = Membership.objects.filter(network=network, role=MemberRole.CURATOR).exclude(user__in=writers)
    if membership := curating.select_related("user").order_by("pk").first():
        return membership.user
    return User.objects.filter(is_administrator=True).order_by("pk")[0]


def _decide(file: SheetFile, sheet: Sheet, by: User) -> None:
    for state in ROADS.get(file.life["state"], ()):
        reason = file.life.get("reason", "") if state in (State.TO_REVIEW, State.ARCHIVED) else ""
        sheet.refresh_from_db()
        decide_sheet(by=by, sheet=sheet, state=state, reason=reason)


def _revise(file: SheetFile, sheet: Sheet, author: User) -> None:
    """Publish what the author changed since, each revision restoring what its `before` had undone."""
    for revision in file.life.get("versions", ()):
        sheet.refresh_from_db()
        values = {code: file.content[code] for code in revision["before"]}
        save_sheet(by=author, sheet=sheet, values=values, revision=sheet.revision)
        publish_version(by=author, sheet=sheet, reason=revision["reason"])


def _backdate(file: SheetFile, sheet: Sheet, today: datetime.date) -> None:
    created, published = file.life["created"], file.life["published"]
    days = {"created_at": created, "updated_at": created, "last_activity_at": created}
    if file.life["state"] != State.DRAFT:
        days["submitted_at"] = created if published is None else min(created, published + READING_DAYS)
    if published is not None:
        last = min([published, *(revision["days_ago"] for revision in file.life.get("versions", ()))])
        days |= {"published_at": published, "updated_at": last, "last_activity_at": last, "confirmed_at": last}
        review_by = (moment(today, last) + REVIEW_AFTER).date()
        Sheet.objects.filter(pk=sheet.pk).update(review_by=review_by)
        _backdate_history(file, sheet, today)
    Sheet.objects.filter(pk=sheet.pk).update(**{name: moment(today, ago) for name, ago in days.items()})


def _backdate_history(file: SheetFile, sheet: Sheet, today: datetime.date) -> None:
    published = file.life["published"]
    steps = [min(file.life["created"], published + READING_DAYS), published]
    steps += [max(published - ADOPTION_DAYS, 1), LATE_DAYS]
    _date_rows(Decision.objects.filter(sheet=sheet).order_by("pk"), steps, today)
    versions = [published, *(revision["days_ago"] for revision in file.life.get("versions", ()))]
    _date_rows(Version.objects.filter(sheet=sheet).order_by("number"), versions, today)


def _date_rows(rows: Iterable[Decision | Version], days: Iterable[float], today: datetime.date) -> None:
    for row, ago in zip(rows, days, strict=False):
        row.created_at = moment(today, ago)
        row.save(update_fields=["created_at"])
