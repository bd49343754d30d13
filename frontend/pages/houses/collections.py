"""The pages of collections."""

import re
from itertools import groupby
from typing import Any

from csp.decorators import csp_replace
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt

from commons.errors import CommonsError
from commons.notices.queries import stance
from commons.people.queries import networks_visible_to
from commons.permissions import require
from frontend.errors import add_errors
from frontend.pages.houses.forms import CollectionForm, CuratorForm, ItemForm
from frontend.paging import page_of
from frontend.pictures import picture
from frontend.sheet_rows import sheet_rows
from frontend.signed_in import person_of
from practices.actions.collections import (
    add_curator,
    add_item,
    change_collection,
    create_collection,
    remove_curator,
    set_items,
)
from practices.models import Collection
from practices.queries import collections_visible_to, items_visible_to, sheets_visible_to

EXPORTS = (("csv", "CSV"), ("jsonld", "JSON-LD"), ("zip", "Markdown (ZIP)"))
IDENTIFIER = re.compile(r"[0-9A-HJKMNP-TV-Z]{26}")


def collections(request: HttpRequest) -> HttpResponse:
    """List the collections the reader may read, last changed first."""
    page = page_of(request, collections_visible_to(request.user).order_by("-updated_at", "pk"))
    return render(request, "houses/collections.html", page | {"section": "collections"})


def collection(request: HttpRequest, network_slug: str, slug: str) -> HttpResponse:
    """Show a collection with its sections, less the sheets the reader may not read."""
    found = _found(request, network_slug, slug)
    context = {
        "section": "collections",
        "collection": found,
        "sections": _sections(request, found),
        "exports": EXPORTS,
        "may_change": request.user.has_perm("practices.change_collection", found),
        "stance": stance(request.user, f"collection:{found.pk}"),
    }
    return render(request, "houses/collection.html", context)


@xframe_options_exempt
@csp_replace({"frame-ancestors": "*"})  # type: ignore[arg-type]
def embed(request: HttpRequest, network_slug: str, slug: str) -> HttpResponse:
    """Show a collection so that another site may frame it: public ones only, whoever asks."""
    found = _found(request, network_slug, slug)
    if found.confidentiality != "public":
        return redirect(found)
    return render(request, "houses/collection_embed.html", {"collection": found, "sections": _sections(request, found)})


def _found(request: HttpRequest, network_slug: str, slug: str) -> Collection:
    rows = collections_visible_to(request.user)
    return get_object_or_404(rows, network__slug=network_slug, slug=slug)


def _sections(request: HttpRequest, found: Collection) -> list[dict[str, Any]]:
    items = list(items_visible_to(request.user, found))
    rows = sheet_rows(item.sheet for item in items)
    words = [{"note_html": item.note_html, "section": item.section} for item in items]
    shown = [row | word for row, word in zip(rows, words, strict=True)]
    return [{"title": title, "rows": list(group)} for title, group in groupby(shown, key=lambda row: row["section"])]


@login_required
def create(request: HttpRequest, network_slug: str) -> HttpResponse:
    """Open a collection."""
    network = get_object_or_404(networks_visible_to(request.user), slug=network_slug)
    require(request.user, "practices.add_collection", network)
    form = CollectionForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = create_collection(by=person_of(request), network=network, values=_words(form))
        except CommonsError as error:
            add_errors(form, error)
        else:
            return redirect("collection_items", network_slug=network_slug, slug=made.slug)
    context = {"form": form, "network": network, "section": "collections", "is_multipart": True}
    return render(request, "houses/collection_form.html", context)


@login_required
def change(request: HttpRequest, network_slug: str, slug: str) -> HttpResponse:
    """Change a collection's words and audience."""
    found = _found(request, network_slug, slug)
    require(request.user, "practices.change_collection", found, see="practices.view_collection")
    initial = {name: getattr(found, name) for name in CollectionForm.base_fields}
    form = CollectionForm(request.POST or None, request.FILES or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        revision = form.cleaned_data["revision"] or 0
        try:
            change_collection(by=person_of(request), collection=found, values=_words(form), revision=revision)
        except CommonsError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("La collection est à jour."))
            return redirect(found)
    context = {"form": form, "collection": found, "network": found.network, "is_multipart": True}
    return render(request, "houses/collection_form.html", context | {"section": "collections"})


def cover(request: HttpRequest, network_slug: str, slug: str) -> HttpResponseBase:
    """Serve a collection's cover to those who may read the collection."""
    found = _found(request, network_slug, slug)
    if not found.cover:
        raise Http404
    return picture(found.cover)


@login_required
def curators(request: HttpRequest, network_slug: str, slug: str) -> HttpResponse:
    """Choose which members of the network curate a collection beside its curators."""
    found = _found(request, network_slug, slug)
    require(request.user, "practices.change_collection", found, see="practices.view_collection")
    form = CuratorForm(request.POST if "add" in request.POST else None, network=found.network)
    if "remove" in request.POST:
        person = get_object_or_404(found.curators, pk=request.POST["remove"])
        remove_curator(by=person_of(request), collection=found, person=person)
        messages.success(request, _("C’est fait."))
        return redirect(found)
    if request.method == "POST" and form.is_valid():
        try:
            add_curator(by=person_of(request), collection=found, person=form.cleaned_data["person"])
        except CommonsError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("C’est fait."))
            return redirect("collection_curators", network_slug=network_slug, slug=slug)
    context = {
        "section": "collections",
        "collection": found,
        "curators": found.curators.select_related("institution").order_by("public_name", "pk"),
        "form": form,
        "may_add": request.user.has_perm("practices.add_collection", found.network),
    }
    return render(request, "houses/collection_curators.html", context)


def _words(form: CollectionForm) -> dict[str, Any]:
    return {name: value for name, value in form.cleaned_data.items() if name != "revision"}


@login_required
def items(request: HttpRequest, network_slug: str, slug: str) -> HttpResponse:
    """Choose and order a collection's sheets: add one at the end, move one up, take one out."""
    found = _found(request, network_slug, slug)
    require(request.user, "practices.change_collection", found, see="practices.view_collection")
    form = ItemForm(request.POST if "add" in request.POST else None)
    if request.method == "POST" and _act(request, found, form):
        return redirect("collection_items", network_slug=network_slug, slug=slug)
    context = {"collection": found, "items": items_visible_to(request.user, found), "form": form}
    return render(request, "houses/collection_items.html", context | {"section": "collections"})


def _act(request: HttpRequest, found: Collection, form: ItemForm) -> bool:
    if "add" not in request.POST:
        _rearrange(request, found)
        return True
    if not form.is_valid():
        return False
    identifier = IDENTIFIER.search(form.cleaned_data["sheet"].upper())
    sheet = sheets_visible_to(request.user).published().filter(pk=identifier[0] if identifier else "").first()
    if sheet is None:
        form.add_error("sheet", _("Aucune fiche publiée ne porte cette adresse."))
        return False
    words = {name: form.cleaned_data[name] for name in ("section", "note")}
    add_item(by=person_of(request), collection=found, sheet=sheet, **words)
    return True


def _rearrange(request: HttpRequest, found: Collection) -> None:
    rows = list(found.items.order_by("position", "pk").values("sheet", "section", "note"))
    moved = request.POST.get("up") or request.POST.get("remove")
    index = next((n for n, row in enumerate(rows) if row["sheet"] == moved), None)
    if index is None:
        return
    if "remove" in request.POST:
        del rows[index]
    elif index > 0:
        rows[index - 1 : index + 1] = [rows[index], rows[index - 1]]
    revision = int(request.POST.get("revision") or 0)
    set_items(by=person_of(request), collection=found, items=rows, revision=revision)
