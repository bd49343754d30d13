"""The page of choices: what reaches one, how, when; and following or muting from anywhere."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from commons.errors import CommonsError
from commons.notices.actions import choose, set_rhythm, take_stance
from commons.notices.enums import MAILS, Cadence, Level
from commons.notices.kinds import kinds, may_choose, split, subjects
from commons.notices.models import Rhythm
from commons.notices.queries import choices_of, rhythm_of, shown_to, stances_of
from commons.people.actions import change_profile
from commons.people.models import User
from frontend.errors import add_errors
from frontend.signed_in import person_of

CLOCK = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class RhythmForm(forms.Form):
    """When mails come, and in which language."""

    digest = forms.ChoiceField(
        label=gettext_lazy("Un résumé à lire"),
        choices=Cadence.choices,
        help_text=gettext_lazy("Ce que des maisons comme la vôtre ont essayé, des questions pour vous, les ateliers."),
    )
    quiet_from = forms.TimeField(label=gettext_lazy("Pas d’e-mail à partir de"), required=False, widget=CLOCK)
    quiet_until = forms.TimeField(label=gettext_lazy("Jusqu’à"), required=False, widget=CLOCK)
    language = forms.ChoiceField(label=gettext_lazy("Langue des e-mails et du site"), choices=settings.LANGUAGES)


@login_required
def choices(request: HttpRequest) -> HttpResponse:
    """Choose, for each kind of notice, whether the site shows it and where its mails go; and the rhythm of it all."""
    by = person_of(request)
    form = RhythmForm(request.POST or None, initial=_present(by, rhythm_of(by)))
    if request.method == "POST" and form.is_valid():
        try:
            _keep(by, request, form.cleaned_data)
        except CommonsError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("Vos choix sont gardés."))
            return redirect("notice_choices")
    context = {
        "form": form,
        "choices": choices_of(by),
        "owed": [kind for kind in kinds().values() if kind.is_owed],
        "mails": MAILS,
        "followed": _named(by, Level.FOLLOWED),
        "muted": _named(by, Level.MUTED),
    }
    return render(request, "notices/choices.html", context)


def _present(by: User, rhythm: Rhythm) -> dict[str, Any]:
    values = {"digest": rhythm.digest, "quiet_from": rhythm.quiet_from, "quiet_until": rhythm.quiet_until}
    return values | {"language": by.language}


def _keep(by: User, request: HttpRequest, values: dict[str, Any]) -> None:
    sent = request.POST
    language = values.pop("language")
    set_rhythm(by=by, **values)
    chosen = {code: (f"app-{code}" in sent, sent.get(f"mail-{code}", "")) for code in kinds() if may_choose(code)}
    choose(by=by, choices=chosen)
    if language != by.language:
        change_profile(by=by, person=by, values={"language": language})


def _named(by: User, level: str) -> list[dict[str, Any]]:
    """Return what one follows or muted, by name; what one may not see any more can still be let go."""
    named = stances_of(by, level)
    shown = shown_to(by, named)
    return [
        {"subject": subject, "noun": subjects()[split(subject)[0]].label, "shown": shown.get(split(subject))}
        for subject in named
    ]


@require_POST
@login_required
def stance(request: HttpRequest) -> HttpResponse:
    """Follow a subject, mute it, or neither; then go back to where one was."""
    take_stance(by=person_of(request), subject=request.POST.get("subject", ""), level=request.POST.get("level", ""))
    back = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return redirect(back if is_ours else "notice_choices")
