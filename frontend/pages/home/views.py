"""The home page: what this is for, what can be done with what one has, what is new, tried and wanted."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commons.vocabularies.queries import choices_of, label_of
from frontend.kept_pages import kept_for_visitors
from frontend.pages.catalogue.listing import Keys, counts_asked, keys_of, newest
from frontend.pages.catalogue.reading import catalogue_url
from frontend.sheet_rows import sheet_rows
from practices.enums import Genre
from practices.models import Trial
from practices.queries import sheets_visible_to, trials_visible_to

NEW = 5
TRIED = 5
NEEDS = 3
TIMES = {
    "e1": gettext_lazy("une journée"),
    "e2": gettext_lazy("une semaine"),
    "e3": gettext_lazy("un mois"),
    "e4": gettext_lazy("trois mois"),
}
SUMS = {
    "b0": gettext_lazy("0 €"),
    "b1": gettext_lazy("1 000 €"),
    "b2": gettext_lazy("5 000 €"),
    "b3": gettext_lazy("20 000 €"),
}


@kept_for_visitors("sheets")
def home(request: HttpRequest) -> HttpResponse:
    """Say what this is for, what is new and what was tried."""
    shown = _shown(request.user, keys_of(request.user, newest()))
    return render(request, "home/home.html", shown | {"questions": _questions()})


def _shown(user: Any, keys: Keys) -> dict[str, Any]:
    sheets = sheets_visible_to(user).published()
    done = sheets.exclude(kind=Genre.NEED).listed().order_by("-published_at", "-pk")[:NEW]
    needs = sheets.filter(kind=Genre.NEED).listed().order_by("-support_count", "-published_at", "-pk")[:NEEDS]
    rows = sheet_rows([*done, *needs])
    return {
        "new": [row for row in rows if row["kind"] != Genre.NEED],
        "needs": [row for row in rows if row["kind"] == Genre.NEED],
        "tried": [_tried(trial) for trial in _last_trials(user)],
        "domains": _domains(user, keys),
    }


def _last_trials(user: Any) -> list[Trial]:
    published = sheets_visible_to(user).published().values("pk")
    trials = trials_visible_to(user).filter(sheet__in=published).select_related("sheet")
    return list(
        trials.defer("sheet__content", "sheet__stamps", "content", "html").order_by("-created_at", "-pk")[:TRIED]
    )


def _tried(trial: Trial) -> dict[str, str]:
    return {
        "house": trial.house.get("name") or _("Une maison"),
        "outcome": trial.outcome,
        "outcome_label": label_of("outcome", trial.outcome),
        "title": trial.sheet.title,
        "url": f"{trial.sheet.get_absolute_url()}#essai-{trial.pk}",
    }


def _domains(user: Any, keys: Keys) -> list[dict[str, Any]]:
    counts = counts_asked(user, newest(), keys)["domain"]
    return [
        {"label": label_of("practice_domain", code), "url": catalogue_url(domain=code), "count": count}
        for code, count in counts.items()
    ]


def _questions() -> list[dict[str, Any]]:
    """Return the parts of « Que peut-on faire avec… »: one list of answers each, all of them optional."""
    bands = [(entry.code, str(entry)) for entry in choices_of("team_size")]
    sizes = [(code, _("%(size)s personnes") % {"size": band[:1].lower() + band[1:]}) for code, band in bands]
    formats = [(entry.code, str(entry)) for entry in choices_of("digital_format")]
    return [
        {
            "name": "effort_max",
            "label": _("Que peut-on faire avec"),
            "any": _("le temps qu’il faut"),
            "options": list(TIMES.items()),
        },
        {"name": "cost_max", "label": _("et"), "any": _("peu importe le budget"), "options": list(SUMS.items())},
        {"name": "team_size", "label": _("quand on est"), "any": _("peu importe combien"), "options": sizes},
        {"name": "format", "label": _("sous la forme de"), "any": _("ce qu’on veut"), "options": formats},
    ]
