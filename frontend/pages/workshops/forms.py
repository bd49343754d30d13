"""Forms of workshops: a series said as people say it, and what hosts change of one meeting."""

import datetime
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from commons.people.models import Network, User
from commons.people.rules import is_administrator, member_roles
from events.enums import BlockKind, Format, Status, Template, Visibility
from events.models import Series
from events.recurrence.grammar import DAYS
from events.rules import HOSTS

TIMEZONES = (
    ("Europe/Paris", _("Paris")),
    ("America/Guadeloupe", _("Guadeloupe")),
    ("America/Martinique", _("Martinique")),
    ("America/Cayenne", _("Guyane")),
    ("Indian/Reunion", _("La Réunion")),
    ("Indian/Mayotte", _("Mayotte")),
    ("Pacific/Noumea", _("Nouvelle-Calédonie")),
    ("Pacific/Tahiti", _("Tahiti")),
)
REPEATS = (
    ("", _("Une seule fois")),
    ("week", _("Chaque semaine")),
    ("two_weeks", _("Toutes les deux semaines")),
    ("month_nth", _("Chaque mois, le même jour de la semaine (le 2e mardi…)")),
    ("month_last", _("Chaque mois, le dernier du même jour de la semaine")),
    ("month_day", _("Chaque mois, le même quantième (le 15…)")),
    ("own", _("Selon la règle écrite plus bas")),
)
MOST_VOICES = 100_000
MOMENT = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def rule_of(
    repeat: str, start: datetime.datetime, until: datetime.date | None, own: str, days: Sequence[str] = ()
) -> str:
    """Return the RRULE that a choice of the form means for that start."""
    day = DAYS[start.weekday()]
    week = ",".join(days) or day
    rules = {
        "week": f"FREQ=WEEKLY;BYDAY={week}",
        "two_weeks": f"FREQ=WEEKLY;INTERVAL=2;BYDAY={week}",
        "month_nth": f"FREQ=MONTHLY;BYDAY={(start.day - 1) // 7 + 1}{day}",
        "month_last": f"FREQ=MONTHLY;BYDAY=-1{day}",
        "month_day": f"FREQ=MONTHLY;BYMONTHDAY={start.day}",
    }
    if repeat not in rules:
        return own if repeat == "own" else ""
    return rules[repeat] + (f";UNTIL={until:%Y%m%d}" if until else "")


class SeriesForm(forms.Form):
    """A series: what, when, where, for whom."""

    title = forms.CharField(label=_("Titre"), max_length=160)
    about = forms.CharField(label=_("Présentation"), max_length=4000, required=False, widget=forms.Textarea)
    start = forms.CharField(label=_("Première séance"), widget=MOMENT, help_text=_("L’heure de l’horloge, là-bas."))
    timezone = forms.ChoiceField(label=_("Fuseau horaire"), choices=TIMEZONES)
    duration_minutes = forms.IntegerField(label=_("Durée en minutes"), min_value=5, max_value=10_080, initial=90)
    repeat = forms.ChoiceField(label=_("Rythme"), choices=REPEATS, required=False)
    days = forms.MultipleChoiceField(
        label=_("Jours de la semaine"),
        required=False,
        choices=list(zip(DAYS, WEEKDAYS.values(), strict=True)),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Pour un rythme hebdomadaire ; rien de coché : le jour de la première séance."),
    )
    until = forms.DateField(label=_("Jusqu’au"), required=False, widget=DAY)
    rrule = forms.CharField(
        label=_("Règle (RFC 5545)"), required=False, max_length=500, help_text=_("Pour un rythme particulier.")
    )
    holidays = forms.ChoiceField(
        label=_("Sauter les vacances scolaires"),
        required=False,
        choices=[("", _("Non")), ("A", _("Zone A")), ("B", _("Zone B")), ("C", _("Zone C"))],
        help_text=_(
            "Années scolaires 2025-2026 et 2026-2027, métropole. Les dates sautées sont montrées avant d’enregistrer : "
            "vérifiez-les avec le calendrier officiel ; chacune peut être reprise ensuite sur la page de la série."
        ),
    )
    format = forms.ChoiceField(label=_("Format"), choices=Format.choices, initial=Format.ONLINE)
    place = forms.CharField(label=_("Lieu"), max_length=300, required=False)
    join_link = forms.URLField(
        label=_("Lien de la visioconférence"),
        required=False,
        assume_scheme="https",
        help_text=_("Montré seulement à qui a une place."),
    )
    seats_onsite = forms.IntegerField(label=_("Places sur place"), min_value=0, max_value=100_000, required=False)
    seats_online = forms.IntegerField(label=_("Places en ligne"), min_value=0, max_value=100_000, required=False)
    network = forms.ModelChoiceField(label=_("Au nom du réseau"), queryset=Network.objects.none(), required=False)
    visibility = forms.ChoiceField(label=_("Visible par"), choices=Visibility.choices)
    template = forms.ChoiceField(
        label=_("Ordre du jour"), required=False, choices=[("", _("Aucun pour l’instant")), *Template.choices]
    )
    is_chatham = forms.BooleanField(label=_("Règle de Chatham House : aucun nom n’est écrit"), required=False)
    needs_confirmation = forms.BooleanField(
        label=_("Chaque séance est à confirmer ; sans réponse à trois jours, elle est reportée"),
        required=False,
        initial=True,
    )

    def __init__(self, *args: Any, person: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hosted = [pk for pk, role in member_roles(person).items() if role in HOSTS]
        rows = Network.objects.all() if is_administrator(person) else Network.objects.filter(pk__in=hosted)
        self.fields["network"].queryset = rows.order_by("name")  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """Return what the actions take: the rhythm as a rule."""
        given = dict(self.cleaned_data)
        repeat, until, days = given.pop("repeat"), given.pop("until"), given.pop("days")
        try:
            start = datetime.datetime.fromisoformat(given["start"])
        except ValueError:
            return given
        given["rrule"] = rule_of(repeat, start, until, given["rrule"], days)
        return given


def initial_of(series: Series) -> dict[str, Any]:
    """Return what the form of an existing series starts from: its rule as it is written."""
    names = [name for name in SeriesForm.base_fields if hasattr(series, name)]
    repeat = "own" if series.rrule else ""
    return {name: getattr(series, name) for name in names} | {"start": series.start[:16], "repeat": repeat}


class DateForm(forms.Form):
    """One date that a series adds or takes back."""

    start = forms.CharField(label=_("Date et heure"), widget=MOMENT)


class MeetingForm(forms.Form):
    """One meeting: another time or place, this time only."""

    title = forms.CharField(label=_("Titre, cette fois"), max_length=160, required=False)
    start = forms.CharField(label=_("Début"), widget=MOMENT)
    duration_minutes = forms.IntegerField(label=_("Durée en minutes"), min_value=5, max_value=10_080)
    place = forms.CharField(label=_("Lieu, cette fois"), max_length=300, required=False)


class StatusForm(forms.Form):
    """What becomes of a meeting."""

    status = forms.ChoiceField(
        label=_("Ce que devient la séance"), choices=[c for c in Status.choices if c[0] != Status.RESCHEDULED]
    )
    reason = forms.CharField(label=_("Raison"), max_length=300, required=False)


class BlockForm(forms.Form):
    """A block of the minutes."""

    kind = forms.ChoiceField(label=_("Genre"), choices=BlockKind.choices)
    text = forms.CharField(label=_("Texte"), max_length=5000, widget=forms.Textarea(attrs={"rows": 3}))
    due_date = forms.DateField(label=_("Pour le"), required=False, widget=DAY)
    is_mine = forms.BooleanField(label=_("Je m’en charge"), required=False)
    method = forms.CharField(
        label=_("Manière de décider"),
        max_length=80,
        required=False,
        help_text=_("Consentement, majorité, unanimité…"),
    )
    votes_for = forms.IntegerField(label=_("Pour"), min_value=0, max_value=MOST_VOICES, required=False)
    votes_against = forms.IntegerField(label=_("Contre"), min_value=0, max_value=MOST_VOICES, required=False)
    votes_abstain = forms.IntegerField(label=_("Abstentions"), min_value=0, max_value=MOST_VOICES, required=False)
    review_date = forms.DateField(
        label=_("À revoir le"), required=False, widget=DAY, help_text=_("L’animation sera prévenue ce jour-là.")
    )
    client_id = forms.CharField(required=False, widget=forms.HiddenInput)

    action_fields = ("due_date", "is_mine")
    decision_fields = ("method", "votes_for", "votes_against", "votes_abstain", "review_date")

    def for_actions(self) -> list[forms.BoundField]:
        """Return the fields that an action has, and nothing else."""
        return [self[name] for name in self.action_fields]

    def for_decisions(self) -> list[forms.BoundField]:
        """Return the fields that a decision has, and nothing else."""
        return [self[name] for name in self.decision_fields]

    def facts(self, by: User) -> dict[str, Any]:
        """Return what the action takes beside the text: what belongs to this kind of block."""
        kind, given = self.cleaned_data["kind"], self.cleaned_data
        facts: dict[str, Any] = {"kind": kind}
        if kind == BlockKind.ACTION:
            facts |= {"due_date": given["due_date"]} | ({"owner": by.pk} if given["is_mine"] else {})
        if kind == BlockKind.DECISION:
            facts |= {name: given[name] for name in self.decision_fields}
        return facts


class PollForm(forms.Form):
    """A poll: one answer a line."""

    question = forms.CharField(label=_("Question"), max_length=200)
    options = forms.CharField(
        label=_("Réponses"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Une par ligne, de deux à huit."),
    )
