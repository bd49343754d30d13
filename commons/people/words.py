"""Owns the words for the columns of a person's copy of their data."""

from django.utils.translation import gettext_lazy as _

WORDS = {
    "about": _("présentation"),
    "adaptation": _("fidélité"),
    "answer": _("réponse"),
    "body": _("texte"),
    "changed": _("ce qui a été changé"),
    "content": _("contenu"),
    "created_at": _("le"),
    "confidentiality": _("diffusion"),
    "editorial_state": _("étape"),
    "email": _("adresse e-mail"),
    "help_text": _("sur quoi je peux aider"),
    "ip": _("adresse du réseau"),
    "is_credited": _("nom cité"),
    "job": _("fonction"),
    "kind": _("genre"),
    "language": _("langue"),
    "last_login": _("dernière connexion"),
    "last_used_at": _("dernier usage"),
    "level": _("suivi"),
    "name": _("nom"),
    "outcome": _("résultat"),
    "public_name": _("nom public"),
    "reason": _("raison"),
    "role": _("rôle"),
    "state": _("état"),
    "summary": _("résumé"),
    "text": _("texte"),
    "thread__title": _("discussion"),
    "sheet__title": _("fiche"),
    "network__name": _("réseau"),
    "title": _("titre"),
    "updated_at": _("modifié le"),
    "url": _("adresse"),
    "user_agent": _("navigateur"),
}


def word_for(column: str) -> str:
    """Return the word for a column; the column's own name, spelt out, when there is none."""
    return str(WORDS.get(column, column.replace("__", " ").replace("_", " ")))
