"""Owns the agendas that a series may start from: their steps and minutes, in the language of who opens it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from events.enums import Template

STEPS: dict[str, tuple[tuple[Any, int], ...]] = {
    Template.DEBATE: (
        (_("Accueil et tour de table"), 10),
        (_("Une pratique racontée"), 15),
        (_("Questions"), 15),
        (_("Débat"), 40),
        (_("Décisions et suites"), 10),
    ),
    Template.CODEVELOPMENT: (
        (_("Exposé de la situation"), 10),
        (_("Questions de clarification"), 15),
        (_("Contrat : la demande précise"), 5),
        (_("Pistes et suggestions du groupe"), 30),
        (_("Synthèse et plan d’action"), 15),
        (_("Apprentissages de chaque personne"), 15),
    ),
    Template.WORLD_CAFE: (
        (_("Accueil et question du jour"), 10),
        (_("Première table"), 20),
        (_("Deuxième table"), 20),
        (_("Troisième table"), 20),
        (_("Récolte commune"), 20),
    ),
    Template.AUTOPSY: (
        (_("Ce que nous voulions"), 10),
        (_("Ce qui s’est passé, sans chercher de coupable"), 20),
        (_("Pourquoi : les causes"), 25),
        (_("Ce que nous changeons"), 25),
        (_("Ce qu’il faut transmettre"), 10),
    ),
}


def steps_of(template: str) -> list[dict[str, Any]]:
    """Return the steps of a template as an agenda holds them; none for no template."""
    return [{"title": str(title), "minutes": minutes} for title, minutes in STEPS.get(template, ())]
