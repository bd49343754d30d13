"""Translates the refusals of actions into pages and form errors."""

from collections.abc import Callable

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt

from commons.drf import problem
from commons.errors import CommonsError, Invalid, NotFound

GetResponse = Callable[[HttpRequest], HttpResponse]


class ErrorPages:
    """The middleware that answers a refusal nobody caught with a page that says what happened."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let the view answer."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer a `CommonsError`: hidden and missing look the same."""
        if isinstance(error, NotFound):
            return render(request, "404.html", status=404)
        if isinstance(error, CommonsError):
            return render(request, "refusal.html", {"message": error.message}, status=error.status)
        return None


@csrf_exempt
def no_such_address(_request: HttpRequest) -> HttpResponse:
    """Answer every other address below the API as the API answers its refusals, not with a page."""
    return problem(NotFound())


def add_errors(form: forms.BaseForm, error: CommonsError) -> None:
    """Put a refusal's messages beside the fields they speak of, or at the top of the form."""
    if not isinstance(error, Invalid):
        form.add_error(None, str(error.message))
        return
    for path, messages in error.fields.items():
        field = path if path in form.fields else None
        for message in messages:
            form.add_error(field, str(message) if field or not path else f"{path}\u00a0: {message}")


def words_of(error: CommonsError) -> str:
    """Return all that a refusal says, in one sentence or several."""
    said = [str(message) for found in getattr(error, "fields", {}).values() for message in found]
    return " ".join(said) or str(error.message)
