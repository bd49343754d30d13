"""Keeps what a person writes in a form about a sheet until it is sent, from the page's own saves and from refusals."""

from django.http import HttpRequest, HttpResponse, QueryDict

from frontend.signed_in import person_of
from practices.actions.drafts import save_draft
from practices.models import Draft, Sheet

OURS = ("csrfmiddlewaretoken", "forget")


def is_autosave(request: HttpRequest) -> bool:
    """Tell whether the page saves by itself."""
    return request.method == "POST" and "X-Autosave" in request.headers


def keep(request: HttpRequest, sheet: Sheet, form: str) -> HttpResponse:
    """Keep what was sent, as it is; a form with nothing in it is no draft. The answer is for the page's own save."""
    text = QueryDict(mutable=True)
    for name in request.POST.keys() - set(OURS):
        if values := [value for value in request.POST.getlist(name) if value.strip()]:
            text.setlist(name, values)
    save_draft(by=person_of(request), sheet=sheet, form=form, text=text.urlencode())
    return HttpResponse(status=204)


def forget(request: HttpRequest, sheet: Sheet, form: str) -> None:
    """Throw away what was kept."""
    save_draft(by=person_of(request), sheet=sheet, form=form, text="")


def written(request: HttpRequest, sheet: Sheet, form: str) -> QueryDict:
    """Return what the form shows: what is sent now, else what was kept; nothing for a fresh form."""
    if request.method == "POST":
        return request.POST
    kept = Draft.objects.filter(user=person_of(request), sheet=sheet, form=form).first()
    return QueryDict(kept.text if kept else "")
