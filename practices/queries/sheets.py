"""Reads sheets and their versions."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.fields.json import KT

from commons.people.enums import MemberRole
from commons.people.models import User
from commons.people.rules import is_administrator, is_moderator, is_signed_in, member_roles
from practices.enums import PUBLISHED_STATES, Confidentiality, EditorialState
from practices.fields.facets import facet_codes
from practices.models import Authorship, FacetValue, Invitation, Sheet, SheetQuerySet, Version
from practices.rules import can_change_sheet, is_version_open_to


def sheets_visible_to(user: Any) -> SheetQuerySet:
    """Return every sheet the person may read: `practices.view_sheet` as one query."""
    if not is_signed_in(user):
        return Sheet.objects.published().filter(confidentiality=Confidentiality.PUBLIC)
    roles = member_roles(user)
    is_open = Q(editorial_state__in=PUBLISHED_STATES) & open_to(roles)
    is_mine = Exists(Authorship.objects.filter(sheet=OuterRef("pk"), user=user))
    return Sheet.objects.filter(is_open | is_mine | _decided_by(user, roles))


def sheets_open_to(user: Any) -> SheetQuerySet:
    """Return the published sheets that confidentiality opens to the person: the same to all of the same networks."""
    if not is_signed_in(user):
        return sheets_visible_to(user)
    return Sheet.objects.published().filter(open_to(member_roles(user)))


def sheets_open_beside(user: Any) -> SheetQuerySet:
    """Return the published sheets closed by confidentiality that the person reads as an author, or to decide on them.

    With `sheets_open_to` they are those of `sheets_visible_to` that are published, each once.
    """
    if not is_signed_in(user):
        return Sheet.objects.none()
    roles = member_roles(user)
    written = list(Authorship.objects.filter(user=user).values_list("sheet", flat=True))
    return Sheet.objects.published().filter(Q(pk__in=written) | _decided_by(user, roles)).exclude(open_to(roles))


def open_to(roles: Mapping[int, str]) -> Q:
    """Return what confidentiality opens to a signed-in member of these networks."""
    return Q(confidentiality__in=(Confidentiality.PUBLIC, Confidentiality.MEMBERS, Confidentiality.CHATHAM)) | Q(
        confidentiality=Confidentiality.NETWORK, network__in=list(roles)
    )


def sheets_changed_by(user: Any) -> SheetQuerySet:
    """Return the sheets the person may change: `practices.change_sheet` as one query."""
    if not is_signed_in(user):
        return Sheet.objects.none()
    is_mine = Exists(Authorship.objects.filter(sheet=OuterRef("pk"), user=user))
    return Sheet.objects.filter(is_mine | _decided_by(user, member_roles(user)))


def sheets_to_decide(user: Any) -> SheetQuerySet:
    """Return what waits for the person's decision: submitted, candidate or to review."""
    if not is_signed_in(user):
        return Sheet.objects.none()
    waiting = (EditorialState.SUBMITTED, EditorialState.CANDIDATE, EditorialState.TO_REVIEW)
    return Sheet.objects.filter(_decided_by(user, member_roles(user)), editorial_state__in=waiting)


def _decided_by(user: Any, roles: Mapping[int, str]) -> Q:
    left_the_drawer = ~Q(editorial_state=EditorialState.DRAFT)
    if is_moderator(user) or is_administrator(user):
        return left_the_drawer
    curated = [pk for pk, role in roles.items() if role == MemberRole.CURATOR]
    return left_the_drawer & Q(network__in=curated)


def sheets_written_by(user: Any) -> SheetQuerySet:
    """Return the sheets of which the person is an author, whatever their state."""
    if not is_signed_in(user):
        return Sheet.objects.none()
    return Sheet.objects.filter(Exists(Authorship.objects.filter(sheet=OuterRef("pk"), user=user)))


def invitations_visible_to(user: Any) -> QuerySet[Invitation]:
    """Return the invitations to write that the person has not answered, oldest first."""
    if not is_signed_in(user):
        return Invitation.objects.none()
    return Invitation.objects.filter(user=user).select_related("sheet", "by").order_by("pk")


def sheets_credited_to(person: User, sheets: SheetQuerySet) -> SheetQuerySet:
    """Keep the published sheets that name the person: an author who agreed to it, under no Chatham House rule."""
    named = Authorship.objects.filter(sheet=OuterRef("pk"), user=person, is_credited=True)
    return sheets.published().exclude(confidentiality=Confidentiality.CHATHAM).filter(Exists(named))


def sheets_filtered(sheets: SheetQuerySet, chosen: Mapping[str, list[str]]) -> SheetQuerySet:
    """Keep the sheets that bear, in every named facet, one of its chosen codes; other names are ignored."""
    for facet in facet_codes():
        if codes := [c for c in chosen.get(facet, []) if c]:
            sheets = sheets.with_code(facet, codes)
    return sheets


def facet_counts(sheets: SheetQuerySet, codes: list[str]) -> dict[str, dict[str, int]]:
    """Count the sheets by code in each named facet, in one query."""
    rows = (
        FacetValue.objects.filter(field__in=codes, sheet__in=sheets.values("pk"))
        .values_list("field", "code")
        .annotate(count=Count("sheet"))
        .order_by("field", "-count", "code")
    )
    counts: dict[str, dict[str, int]] = {code: {} for code in codes}
    for field, code, count in rows:
        counts[field][code] = count
    return counts


def versions_of(sheet: Sheet) -> QuerySet[Version]:
    """Return a sheet's versions, newest first, without their texts."""
    return sheet.versions.select_related("by").defer("content", "html").order_by("-number")


def versions_visible_to(user: Any, sheet: Sheet) -> list[Version]:
    """Return the versions of a sheet that the person may read, newest first: `practices.view_version` as one query."""
    versions = versions_of(sheet).annotate(diffusion=KT("content__confidentiality"))
    if can_change_sheet(user, sheet):
        return list(versions)
    return [
        version for version in versions if is_version_open_to(user, sheet, version.diffusion or "", version.network_id)
    ]
