"""The pages of a sheet's past: its versions, one of them at its permanent address, what changed, going back."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.gzip import gzip_page

from commons.text.diffs import word_diff
from frontend.pages.catalogue.reading import text_of
from frontend.pages.catalogue.sheets import crumbs, text_context
from practices.actions import revert_sheet
from practices.fields.display import plain
from practices.fields.table import FIELDS
from practices.models import Sheet, Version
from practices.queries import sheets_visible_to, versions_visible_to


def versions(request: HttpRequest, pk: str) -> HttpResponse:
    """List the versions of a sheet that the reader may read."""
    sheet = _sheet(request, pk)
    found = versions_visible_to(request.user, sheet)
    older = dict(zip(found, [version.number for version in found[1:]], strict=False))
    rows = [{"version": version, "before": older.get(version)} for version in found]
    context = {
        "section": "sheets",
        "sheet": sheet,
        "rows": rows,
        "can_revert": sheet.is_published and request.user.has_perm("practices.change_sheet", sheet),
        "crumbs": crumbs(sheet, {"label": _("Versions")}),
    }
    return render(request, "catalogue/versions.html", context)


@gzip_page
def version(request: HttpRequest, pk: str, number: int) -> HttpResponse:
    """Show a version as it was published, for ever at this address."""
    sheet = _sheet(request, pk)
    found = _version(request, sheet, number)
    context = text_context(sheet, text_of(found)) | {
        "version": found,
        "is_current": found.pk == sheet.version_id,
        "crumbs": crumbs(sheet, *_way(sheet, number)),
    }
    return render(request, "catalogue/version.html", context)


def changes(request: HttpRequest, pk: str, number: int) -> HttpResponse:
    """Show field by field what a version changed since another one (`?depuis=`), the one before unless told."""
    sheet = _sheet(request, pk)
    after = _version(request, sheet, number)
    since = request.GET.get("depuis", "")
    before = _version(request, sheet, int(since) if since.isdecimal() else number - 1)
    context = {
        "section": "sheets",
        "sheet": sheet,
        "before": before,
        "after": after,
        "changes": changes_between(before.content, after.content),
        "crumbs": crumbs(sheet, *_way(sheet, number), {"label": _("Changements")}),
    }
    return render(request, "catalogue/changes.html", context)


def changes_between(before: dict[str, Any], after: dict[str, Any]) -> list[dict[str, Any]]:
    """Return, for each field whose value differs, its label and its stretches of words kept, removed and added."""
    changed = [field for field in FIELDS if before.get(field.code) != after.get(field.code)]
    texts = [(f.label, plain(f.type, before.get(f.code)), plain(f.type, after.get(f.code))) for f in changed]
    return [{"label": label, "stretches": word_diff(old, new)} for label, old, new in texts]


def revert(request: HttpRequest, pk: str, number: int) -> HttpResponse:
    """Ask, then publish an earlier version's text again as a new version."""
    sheet = _sheet(request, pk)
    found = _version(request, sheet, number)
    if not request.user.has_perm("practices.change_sheet", sheet):
        raise Http404
    if request.method == "POST":
        new = revert_sheet(by=request.user, sheet=sheet, version=found)  # type: ignore[arg-type]
        messages.success(request, _("Le texte de la version %(number)d est de nouveau publié.") % {"number": number})
        return redirect(new.sheet)
    context = {"section": "sheets", "sheet": sheet, "version": found, "back_url": reverse("versions", args=[pk])}
    return render(request, "catalogue/revert.html", context)


def _sheet(request: HttpRequest, pk: str) -> Sheet:
    sheets = sheets_visible_to(request.user).select_related("version", "institution", "network")
    return get_object_or_404(sheets, pk=pk)


def _version(request: HttpRequest, sheet: Sheet, number: int) -> Version:
    found = get_object_or_404(sheet.versions.select_related("sheet__network"), number=number)
    if not request.user.has_perm("practices.view_version", found):
        raise Http404
    return found


def _way(sheet: Sheet, number: int) -> list[dict[str, str]]:
    return [
        {"label": _("Versions"), "url": reverse("versions", args=[sheet.pk])},
        {"label": _("Version %(number)d") % {"number": number}, "url": reverse("version", args=[sheet.pk, number])},
    ]
