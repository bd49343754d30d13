"""The pages of the glossary and of the vocabularies."""

from collections import Counter
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from commons.errors import CommonsError
from commons.notices.queries import stance
from commons.permissions import require
from commons.vocabularies.actions import change_entry
from commons.vocabularies.models import Entry, Vocabulary
from frontend.errors import add_errors
from frontend.kept_pages import kept_for_visitors
from frontend.pages.catalogue.listing import FRESH_SECONDS, keys_of, newest
from frontend.pages.glossary.forms import EntryForm, MergeForm, TermForm
from frontend.sheet_rows import sheet_rows
from frontend.signed_in import person_of
from practices.actions.glossary import change_term, merge_term
from practices.models import Term
from practices.queries import (
    sheets_open_beside,
    sheets_open_to,
    sheets_visible_to,
    terms_by_name,
    terms_visible_to,
    uses_of_terms,
)

SHEETS_SHOWN = 20


def _uses(user: Any, terms: list[Term]) -> Counter[int]:
    """Return how many sheets bear each term; counted anew when a sheet or a term has changed, merged ones too."""
    changed = max((term.updated_at for term in terms), default=None)
    key = f"glossary-uses:{keys_of(user, newest()).shared}:{len(terms)}:{changed and changed.timestamp()}"
    uses: dict[int, int] | None = cache.get(key)
    if uses is None:
        uses = uses_of_terms(sheets_open_to(user))
        cache.set(key, uses, FRESH_SECONDS)
    return Counter(uses) + Counter(uses_of_terms(sheets_open_beside(user)))


@kept_for_visitors("sheets")
def glossary(request: HttpRequest) -> HttpResponse:
    """List the terms by letter, each with the number of sheets the reader may see."""
    terms = list(terms_by_name(request.user))
    uses = _uses(request.user, terms)
    letters = [
        {"letter": letter, "rows": [{"term": term, "uses": uses[term.pk]} for term in group]}
        for letter, group in groupby(terms, key=lambda term: term.key[:1].upper())
    ]
    return render(request, "glossary/glossary.html", {"section": "glossary", "letters": letters})


def term(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a term: its words in both languages, its neighbours, the sheets that bear it."""
    found = get_object_or_404(terms_visible_to(request.user), slug=slug)
    sheets = sheets_visible_to(request.user).published().filter(tagged_terms__tag=found).listed()
    context = {
        "section": "glossary",
        "term": found,
        "narrower": found.narrower.order_by("key"),
        "related": found.related.order_by("key"),
        "sheets": sheet_rows(sheets.order_by("-published_at")[:SHEETS_SHOWN]),
        "may_change": request.user.has_perm("practices.change_term", found),
        "stance": stance(request.user, f"term:{found.pk}"),
    }
    return render(request, "glossary/term.html", context)


@login_required
def change(request: HttpRequest, slug: str) -> HttpResponse:
    """Change a term's words; a proposed term is approved by being saved."""
    found = get_object_or_404(terms_visible_to(request.user), slug=slug)
    require(request.user, "practices.change_term", found)
    form = TermForm(request.POST or None, initial=TermForm.initial_of(found))
    if request.method == "POST" and form.is_valid():
        try:
            change_term(by=person_of(request), term=found, values=form.cleaned_data)
        except CommonsError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("Le terme est à jour."))
            return redirect(found)
    return render(request, "glossary/term_form.html", {"section": "glossary", "form": form, "term": found})


@login_required
def merge(request: HttpRequest, slug: str) -> HttpResponse:
    """Merge a term into another: first say what will move, then do it."""
    found = get_object_or_404(terms_visible_to(request.user), slug=slug)
    require(request.user, "practices.change_term", found)
    form = MergeForm(request.POST or None, term=found)
    into = form.cleaned_data["into"] if request.method == "POST" and form.is_valid() else None
    if into is not None and "sure" in request.POST:
        merge_term(by=person_of(request), term=found, into=into)
        messages.success(request, _("Les deux termes n’en font plus qu’un."))
        return redirect(into)
    context = {
        "section": "glossary",
        "form": form,
        "term": found,
        "into": into,
        "sheet_count": found.tagged_sheets.count(),
        "names": [found.name, *found.synonyms_fr, *filter(None, [found.name_en]), *found.synonyms_en],
    }
    return render(request, "glossary/term_merge.html", context)


@login_required
def entry(request: HttpRequest, vocabulary: str, code: str) -> HttpResponse:
    """Change an entry of a vocabulary: its words, or what replaces it."""
    found = get_object_or_404(Entry.objects.select_related("vocabulary"), vocabulary__code=vocabulary, code=code)
    require(request.user, "people.change_vocabulary", found)
    initial = {name: getattr(found, name) for name in EntryForm.base_fields}
    form = EntryForm(request.POST or None, initial=initial, entry=found)
    if request.method == "POST" and form.is_valid():
        change_entry(by=person_of(request), entry=found, values=form.cleaned_data)
        messages.success(request, _("L’entrée est à jour."))
        return redirect("vocabularies")
    return render(request, "glossary/entry_form.html", {"section": "glossary", "form": form, "entry": found})


def vocabularies(request: HttpRequest) -> HttpResponse:
    """Show every vocabulary with its definitions."""
    rows = Vocabulary.objects.order_by("code").prefetch_related("entries")
    may_change = request.user.has_perm("people.change_vocabulary")
    context = {"section": "glossary", "vocabularies": rows, "may_change": may_change}
    return render(request, "glossary/vocabularies.html", context)
