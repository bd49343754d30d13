"""The pages of the glossary and of the vocabularies."""

from itertools import groupby

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from commons.errors import CommonsError
from commons.permissions import require
from commons.vocabularies.models import Vocabulary
from frontend.errors import add_errors
from frontend.pages.glossary.forms import TermForm
from frontend.sheet_rows import sheet_rows
from frontend.signed_in import person_of
from practices.actions.glossary import change_term
from practices.queries import sheets_visible_to, terms_by_name, terms_visible_to

SHEETS_SHOWN = 20


def glossary(request: HttpRequest) -> HttpResponse:
    """List the terms by letter, each with the number of sheets the reader may see."""
    terms = terms_by_name(request.user)
    letters = [{"letter": key, "terms": list(group)} for key, group in groupby(terms, key=lambda t: t.key[:1].upper())]
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


def vocabularies(request: HttpRequest) -> HttpResponse:
    """Show every vocabulary with its definitions."""
    rows = Vocabulary.objects.order_by("code").prefetch_related("entries")
    return render(request, "glossary/vocabularies.html", {"section": "glossary", "vocabularies": rows})
