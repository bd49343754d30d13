"""Makes sheets in every state, through the actions."""

from typing import Any

from commons.people.models import Network, User
from practices.actions import (
    accept_invitation,
    create_sheet,
    decide_sheet,
    invite_author,
    save_sheet,
    submit_sheet,
)
from practices.enums import EditorialState
from practices.fields import fields_for
from practices.models import Authorship, Invitation, Sheet
from tests.factories.people import UserFactory

SUBMITTABLE: dict[str, Any] = {
    "summary": "Un podcast d’avant-spectacle enregistré au bar, trois voix, douze minutes.",
    "problem": "Les nouveaux spectateurs n’osent pas venir.",
    "aim": "Cent écoutes par spectacle.",
    "what": "Nous avons posé **un micro** au bar du théâtre.",
    "domain": ["mediation"],
    "status": {"code": "experiment"},
}
PUBLISHABLE: dict[str, Any] = SUBMITTABLE | {
    "steps": [
        {"title": "Choisir les voix", "text": "Trois suffisent.", "duration": "une semaine", "who": ["mediation"]}
    ],
    "discipline": ["theatre"],
    "format": ["podcast"],
    "modality": {"code": "online", "sync": "asynchronous"},
    "phase": ["before_discover"],
    "audience": ["newcomers"],
    "outcome": "worked",
    "results": {"text": "Deux cents écoutes.", "indicators": [{"name": "Écoutes", "before": "0", "after": "212"}]},
    "evidence": "suggestive",
    "obstacles": {"codes": ["time"], "text": "Le montage prend une journée."},
    "if_again": "Enregistrer plus tôt.",
    "cost_setup": {"band": "b1"},
    "cost_running": {"band": "b0"},
    "effort_setup": "e2",
    "effort_running": "e1",
    "adaptable": "Le lieu peut changer, pas la durée.",
    "period": {"start": "2026-01-05", "end": "2026-06-30"},
    "tags": ["podcast"],
}


def draft_sheet(by: User | None = None, **values: Any) -> Sheet:
    """Return a draft with all that publishing needs; values override the content's fields."""
    by = by or UserFactory.create()
    kind = values.pop("kind", "practice")
    sheet = create_sheet(by=by, values={"kind": kind, "title": values.pop("title", "Le podcast du bar")})
    known = {field.code for field in fields_for(kind)}
    whole = {code: value for code, value in PUBLISHABLE.items() if code in known}
    return save_sheet(by=by, sheet=sheet, values=whole | values, revision=sheet.revision)


def sheet_in(state: str, *, by: User | None = None, network: Network | None = None, **values: Any) -> Sheet:
    """Return a sheet in that editorial state, moved there by a moderator's decisions."""
    sheet = draft_sheet(by, **values)
    author = sheet.created_by
    assert author is not None
    if state == EditorialState.DRAFT:
        return sheet
    submit_sheet(by=author, sheet=sheet, network=network)
    moderator = UserFactory.create(is_moderator=True)
    for step in _road_to(state):
        decide_sheet(by=moderator, sheet=sheet, state=step, reason="Pour l’essai")
    sheet.refresh_from_db()
    return sheet


def published_sheet(by: User | None = None, **values: Any) -> Sheet:
    """Return an adopted sheet."""
    return sheet_in(EditorialState.ADOPTED, by=by, **values)


def _road_to(state: str) -> list[str]:
    adopted = EditorialState.ADOPTED
    roads: dict[str, list[str]] = {
        EditorialState.SUBMITTED: [],
        EditorialState.TO_REVIEW: [adopted, EditorialState.TO_REVIEW],
        EditorialState.ARCHIVED: [adopted, EditorialState.ARCHIVED],
    }
    return roads.get(state, [state])


def invitation_of(sheet: Sheet, user: User | None = None) -> Invitation:
    """Return an invitation to write the sheet, from its author, not answered yet."""
    author = sheet.created_by
    assert author is not None
    return invite_author(by=author, sheet=sheet, user=user or UserFactory.create())


def join_authors(sheet: Sheet, user: User) -> Authorship:
    """Make a person an author: invited, and agreed."""
    return accept_invitation(by=user, invitation=invitation_of(sheet, user))
