"""The page behind « ne plus recevoir ces e-mails »: it works without a session, and looking at it changes nothing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from commons.errors import NotFound
from commons.notices.actions import stop_by_token
from commons.notices.kinds import kinds, may_choose
from commons.notices.stopping import DIGEST, read_stop_token


@csrf_exempt  # mail programs post here (RFC 8058): the signed token is what proves who asks
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Show what would stop, with one button; stop it on POST, as mail programs do by themselves."""
    _user_id, code = read_stop_token(token)
    if code != DIGEST and not may_choose(code):
        raise NotFound
    if request.method == "POST":
        stop_by_token(token)
    label = kinds()[code].label if code != DIGEST else ""
    return render(request, "notices/stop.html", {"label": label, "is_done": request.method == "POST"})
