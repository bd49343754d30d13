"""What the practices app keeps of a person: sheets, versions, trials, marks, proposals, files."""

from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.db.models import CASCADE, Q
from django.utils.translation import gettext_lazy as _

from commons.bus import publish
from commons.people import holdings
from commons.people.enums import ErasureMode
from commons.people.holdings import Section, section
from commons.people.models import User
from practices.actions.ratings import count_ratings, count_supports
from practices.actions.trials import count_trials
from practices.enums import EditorialState, ProposalState
from practices.models import (
    Authorship,
    CollectionItem,
    Decision,
    Draft,
    Proposal,
    Rating,
    Sheet,
    SheetQuerySet,
    Trial,
    Upload,
    Version,
)
from practices.signals import SheetChanged

NAMELESS = "stays, without the person"
COLUMNS = {
    "practices.Sheet.created_by": "stays without the person; own drafts go; in removal, what nobody builds on too",
    "practices.Authorship.user": "deleted; the name among the authors is written over",
    "practices.Invitation.user": "deleted",
    "practices.Draft.user": "deleted",
    "practices.Invitation.by": NAMELESS,
    "practices.Version.by": NAMELESS,
    "practices.Decision.by": NAMELESS,
    "practices.Proposal.by": "stays without the person; in removal, deleted unless it was merged",
    "practices.Proposal.decided_by": NAMELESS,
    "practices.Upload.by": "stays without the person and its name; in removal, deleted unless a version shows it",
    "practices.Trial.by": "stays without the person; in removal, deleted unless another house adapted it",
    "practices.Rating.user": "stays without the person; in removal, deleted and the sheet counted again",
    "practices.Support.user": "deleted, and the need counted again",
    "practices.Collection_curators.user": "deleted; the collection is its network's",
}


def _sections(person: User) -> Iterator[Section]:
    own = Sheet.objects.filter(Q(authorships__user=person) | Q(created_by=person)).distinct()
    yield section(
        "fiches", _("Mes fiches"), own, "id", "title", "editorial_state", "content", "created_at", "updated_at"
    )
    versions = Version.objects.filter(by=person)
    yield section("versions", _("Mes versions"), versions, "sheet__title", "number", "reason", "content", "created_at")
    decisions = Decision.objects.filter(by=person)
    yield section("decisions", _("Mes décisions"), decisions, "sheet__title", "to_state", "reason", "created_at")
    proposals = Proposal.objects.filter(Q(by=person) | Q(decided_by=person))
    yield section(
        "propositions",
        _("Changements proposés"),
        proposals,
        "sheet__title",
        "reason",
        "content",
        "state",
        "word",
        "created_at",
    )
    yield section(
        "essais",
        _("Mes essais"),
        person.trials,
        "sheet__title",
        "adaptation",
        "outcome",
        "recommend",
        "changed",
        "content",
        "created_at",
    )
    yield section(
        "avis", _("Mes avis"), person.ratings, "sheet__title", "useful", "clear", "transferable", "created_at"
    )
    yield section("soutiens", _("Nous aussi"), person.supports, "sheet__title", "created_at")
    drafts = Draft.objects.filter(user=person)
    yield section(
        "essais-non-envoyes",
        _("Essais et propositions non envoyés"),
        drafts,
        "sheet__title",
        "form",
        "text",
        "updated_at",
    )
    uploads = Upload.objects.filter(by=person)
    yield section(
        "fichiers", _("Mes fichiers"), uploads, "id", "name", "sheet__title", "content_type", "size", "created_at"
    )
    yield section("collections", _("Collections que je compose"), person.curated_collections, "title", "network__name")


def _files(person: User) -> holdings.Files:
    for upload in Upload.objects.filter(by=person).order_by("pk"):
        yield f"{upload.pk}-{upload.name}", upload.file


def _erase(person: User, mode: ErasureMode) -> None:
    touched = set(person.sheets.values_list("pk", flat=True))
    supported = set(person.supports.values_list("sheet_id", flat=True))
    person.supports.all().delete()
    _delete_sheets(_alone(person).filter(editorial_state=EditorialState.DRAFT))
    if mode == ErasureMode.REMOVE:
        _delete_sheets(_alone(person).exclude(pk__in=_built_upon(person)))
        _remove_evidence(person)
        Proposal.objects.filter(by=person).exclude(state=ProposalState.MERGED).delete()
        _remove_unseen_files(person)
    for upload in Upload.objects.filter(by=person):
        Upload.objects.filter(pk=upload.pk).update(name=f"fichier.{upload.name.rsplit('.', 1)[-1]}")
    for sheet in Sheet.objects.filter(pk__in=supported):
        count_supports(sheet)
    for pk in touched:
        publish(SheetChanged(pk))


def _alone(person: User) -> SheetQuerySet:
    """Return the sheets that only this person writes."""
    together = Authorship.objects.exclude(user=person).values("sheet")
    return Sheet.objects.filter(authorships__user=person).exclude(pk__in=together)


def _built_upon(person: User) -> set[str]:
    """Return the sheets that somebody else's work needs: a trial, a proposed change, a collection, a thread."""
    needed = set(Trial.objects.exclude(by=person).values_list("sheet", flat=True))
    needed |= set(Proposal.objects.exclude(by=person).values_list("sheet", flat=True))
    needed |= set(CollectionItem.objects.values_list("sheet", flat=True))
    inspired = Sheet.objects.filter(content__based_on__sheet__isnull=False).exclude(pk__in=_alone(person))
    needed |= set(inspired.values_list("content__based_on__sheet", flat=True))
    for related in Sheet._meta.related_objects:
        if related.related_model._meta.app_label != "practices" and not _is_ones_own(related.related_model):
            rows = related.related_model._default_manager.values_list(related.field.name, flat=True)
            needed |= {pk for pk in rows if pk}
    return needed


def _is_ones_own(model: Any) -> bool:
    """Tell whether rows go with the person they belong to, such as a notice: they are nobody's work."""
    return any(field.related_model is User and field.remote_field.on_delete is CASCADE for field in model._meta.fields)


def _delete_sheets(sheets: SheetQuerySet) -> None:
    for sheet in sheets:
        for upload in sheet.uploads.all():
            _forget_file(upload)
        sheet.delete()


def _remove_evidence(person: User) -> None:
    """Delete the person's trials that nobody adapted and their marks, and count their sheets again."""
    adapted = Trial.objects.filter(parent__by=person).exclude(by=person).values_list("parent", flat=True)
    gone = Trial.objects.filter(by=person).exclude(pk__in=list(adapted))
    tried, rated = set(gone.values_list("sheet_id", flat=True)), set(person.ratings.values_list("sheet_id", flat=True))
    gone.delete()
    Rating.objects.filter(user=person).delete()
    for sheet in Sheet.objects.select_for_update(of=("self",)).filter(pk__in=tried):
        count_trials(sheet)
    for sheet in Sheet.objects.select_for_update(of=("self",)).filter(pk__in=rated):
        count_ratings(sheet)
    for pk in tried | rated:
        publish(SheetChanged(pk))


def _remove_unseen_files(person: User) -> None:
    for upload in Upload.objects.filter(by=person).select_related("sheet"):
        if not any(upload.pk in str(content) for content in upload.sheet.versions.values_list("content", flat=True)):
            _forget_file(upload)
            upload.delete()


def _forget_file(upload: Upload) -> None:
    storage, name = upload.file.storage, str(upload.file.name)
    transaction.on_commit(lambda: storage.delete(name))


def register() -> None:
    """Say what this app keeps of people."""
    holdings.register(
        holdings.Holding(
            app="practices",
            columns=COLUMNS,
            sections=_sections,
            erase=_erase,
            files=_files,
            signed=frozenset({"authors.name", "owner_contact.name"}),
        )
    )
