"""Who may do what with sheets, trials, ratings, collections and terms: one predicate each, one table."""

from types import SimpleNamespace
from typing import Any

from django.db.models import TextField
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from commons.people.rules import is_any_curator, is_moderator, is_network_curator, is_network_member, is_signed_in
from commons.permissions import Predicate
from practices.enums import Confidentiality, EditorialState, Genre


def is_author(user: Any, sheet: Any) -> bool:
    """Hold for the sheet's authors; costs no query where they were fetched with the sheet."""
    return is_signed_in(user) and user.pk in {authorship.user_id for authorship in sheet.authorships.all()}


def curates_sheet(user: Any, sheet: Any) -> bool:
    """Hold for the curators of the sheet's network once it has left the drawer, and for moderators."""
    if sheet.editorial_state == EditorialState.DRAFT:
        return False
    return is_moderator(user) or is_network_curator(user, sheet.network)


def is_open_to(user: Any, thing: Any) -> bool:
    """Hold when the confidentiality of a sheet or a collection lets this person read it."""
    if thing.confidentiality == Confidentiality.PUBLIC:
        return True
    if thing.confidentiality in (Confidentiality.MEMBERS, Confidentiality.CHATHAM):
        return is_signed_in(user)
    return thing.confidentiality == Confidentiality.NETWORK and is_network_member(user, thing.network)


def can_view_sheet(user: Any, sheet: Any) -> bool:
    """Hold for readers of a published sheet open to them, for its authors, and for who decides on it."""
    if sheet.is_published and is_open_to(user, sheet):
        return True
    return is_author(user, sheet) or curates_sheet(user, sheet)


def can_change_sheet(user: Any, sheet: Any) -> bool:
    """Hold for authors, and for who decides on the sheet."""
    return is_author(user, sheet) or curates_sheet(user, sheet)


def can_view_version(user: Any, version: Any) -> bool:
    """Hold for who may change the sheet, and for its readers while the version was open to them as the sheet is now.

    A version written for members or for a network stays theirs after the sheet opened; one that named people stays
    closed once the sheet follows the Chatham House rule.
    """
    sheet = version.sheet
    if can_change_sheet(user, sheet):
        return True
    confidentiality = version.content.get("confidentiality", "")
    return can_view_sheet(user, sheet) and is_version_open_to(user, sheet, confidentiality, version.network_id)


def is_version_open_to(user: Any, sheet: Any, confidentiality: str, network_id: int | None) -> bool:
    """Tell whether a version written for these readers is open to a reader of the sheet as it is now."""
    was_named = confidentiality != Confidentiality.CHATHAM
    if sheet.confidentiality == Confidentiality.CHATHAM and was_named:
        return False
    return is_open_to(user, SimpleNamespace(confidentiality=confidentiality, network=SimpleNamespace(pk=network_id)))


def can_view_upload(user: Any, upload: Any) -> bool:
    """Hold for who may change the sheet, and for its readers when a version open to them shows or names the file.

    What was sent and never published, or shown by an earlier version alone that is closed to them, stays unseen.
    """
    sheet = upload.sheet
    if can_change_sheet(user, sheet):
        return True
    words, diffusion = Cast("content", TextField()), KT("content__confidentiality")
    naming = sheet.versions.annotate(words=words, diffusion=diffusion).filter(words__contains=upload.pk)
    return can_view_sheet(user, sheet) and any(
        is_version_open_to(user, sheet, code or "", network)
        for code, network in naming.values_list("diffusion", "network")
    )


def is_invited(user: Any, invitation: Any) -> bool:
    """Hold for the one whom an invitation is for."""
    return is_signed_in(user) and invitation.user_id == user.pk


def can_keep_draft(user: Any, sheet: Any) -> bool:
    """Hold for signed-in readers of the sheet."""
    return is_signed_in(user) and can_view_sheet(user, sheet)


def can_submit_sheet(user: Any, sheet: Any) -> bool:
    """Hold for authors."""
    return is_author(user, sheet)


def is_of_own_house(user: Any, sheet: Any) -> bool:
    """Hold when the person speaks about the work of their own house, or about their own sheet."""
    if user.institution_id is None:
        return is_author(user, sheet)
    is_same_house = sheet.institution_id == user.institution_id
    return is_same_house or is_author(user, sheet) or user.institution_id in houses_of_authors(sheet)


def houses_of_authors(sheet: Any) -> set[int | None]:
    """Return the houses that the sheet's authors work in; read once per sheet object."""
    if not hasattr(sheet, "_author_houses"):
        sheet._author_houses = set(sheet.authors.values_list("institution", flat=True))  # noqa: SLF001 - our own memo
    houses: set[int | None] = sheet._author_houses  # noqa: SLF001
    return houses


def can_judge_sheet(user: Any, sheet: Any) -> bool:
    """Hold for readers of a published sheet of another house."""
    return (
        is_signed_in(user) and sheet.is_published and can_view_sheet(user, sheet) and not is_of_own_house(user, sheet)
    )


def can_try_sheet(user: Any, sheet: Any) -> bool:
    """Hold for who may judge a sheet that is not a need."""
    return sheet.kind != Genre.NEED and can_judge_sheet(user, sheet)


def can_support_sheet(user: Any, sheet: Any) -> bool:
    """Hold for readers of another house's published need."""
    return sheet.kind == Genre.NEED and can_judge_sheet(user, sheet)


def can_propose_change(user: Any, sheet: Any) -> bool:
    """Hold for readers of a published sheet who are not its authors."""
    return (
        is_signed_in(user) and sheet.is_published and can_view_sheet(user, sheet) and not can_change_sheet(user, sheet)
    )


def can_view_trial(user: Any, trial: Any) -> bool:
    """Hold for who may read its sheet, and for whom the trial was written; for its author, for who edits the sheet.

    A trial told among members stays among them when the sheet opens, until its author saves it again.
    """
    if not can_view_sheet(user, trial.sheet):
        return False
    is_own = is_signed_in(user) and trial.by_id == user.pk
    readers = SimpleNamespace(confidentiality=trial.confidentiality, network=SimpleNamespace(pk=trial.network_id))
    return is_own or is_open_to(user, readers) or can_change_sheet(user, trial.sheet)


def is_trial_owner(user: Any, trial: Any) -> bool:
    """Hold for who wrote the trial, while they may read the sheet."""
    return is_signed_in(user) and trial.by_id == user.pk and can_view_sheet(user, trial.sheet)


def can_view_proposal(user: Any, proposal: Any) -> bool:
    """Hold for who proposed the change while they may read the sheet, and for who may decide on it."""
    is_mine = is_signed_in(user) and proposal.by_id == user.pk and can_view_sheet(user, proposal.sheet)
    return is_mine or can_change_sheet(user, proposal.sheet)


def can_decide_proposal(user: Any, proposal: Any) -> bool:
    """Hold for who may change the sheet."""
    return can_change_sheet(user, proposal.sheet)


def can_change_collection(user: Any, collection: Any) -> bool:
    """Hold for the network's curators and for the collection's own curators while they are members."""
    if is_network_curator(user, collection.network):
        return True
    return is_network_member(user, collection.network) and collection.curators.filter(pk=user.pk).exists()


def can_view_collection(user: Any, collection: Any) -> bool:
    """Hold for whom the confidentiality lets in, for moderators and for its curators."""
    return is_open_to(user, collection) or is_moderator(user) or can_change_collection(user, collection)


PERMISSIONS: dict[str, Predicate] = {
    "practices.add_sheet": is_signed_in,
    "practices.import_sheet": is_network_curator,
    "practices.view_sheet": can_view_sheet,
    "practices.view_version": can_view_version,
    "practices.view_upload": can_view_upload,
    "practices.change_sheet": can_change_sheet,
    "practices.answer_invitation": is_invited,
    "practices.keep_draft": can_keep_draft,
    "practices.submit_sheet": can_submit_sheet,
    "practices.decide_sheet": curates_sheet,
    "practices.propose_change": can_propose_change,
    "practices.view_proposal": can_view_proposal,
    "practices.decide_proposal": can_decide_proposal,
    "practices.add_trial": can_try_sheet,
    "practices.view_trial": can_view_trial,
    "practices.change_trial": is_trial_owner,
    "practices.rate_sheet": can_judge_sheet,
    "practices.support_sheet": can_support_sheet,
    "practices.add_collection": is_network_curator,
    "practices.view_collection": can_view_collection,
    "practices.change_collection": can_change_collection,
    "practices.change_term": is_any_curator,
}
WRITES = frozenset(name for name in PERMISSIONS if not name.startswith("practices.view_"))
"""What others read: refused to whoever is silenced."""
