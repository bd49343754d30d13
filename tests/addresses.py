"""Lists the pages that every kind of proof walks through: axe, the keyboard."""

PUBLIC = [
    "/", "/fiches/", "/maisons/", "/maisons/ajouter/", "/reseaux/", "/collections/", "/glossaire/", "/vocabulaires/",
    "/a-propos/", "/accessibilite/", "/vie-privee/", "/mentions-legales/", "/compte/login/", "/compte/signup/",
    "/en/", "/en/sheets/", "/rien-du-tout/", "/recherche/", "/recherche/?q=mediaton+ecole", "/recherche/?q=xylophone",
    "/fiches-recherchees/", "/discussions/", "/ateliers/", "/ateliers/?mois=ce",
    "/en/search/?q=podcast&kind=sheet&format=podcast&full=1",
]  # fmt: skip
LISTS = ["/fiches/", "/discussions/", "/ateliers/", "/maisons/", "/reseaux/", "/collections/", "/glossaire/"]
PRIVATE = [
    "/recherche/?q=podcast", "/discussions/ouvrir/", "/ateliers/proposer/", "/bienvenue/", "/profil/recherches/",
    "/notifications/", "/notifications/choix/",
    "/mes-fiches/", "/ecrire/", "/profil/", "/profil/cles/", "/a-decider/", "/compte/email/", "/compte/2fa/",
    "/moderation/", "/moderation/messages/", "/moderation/journal/", "/signalements-et-mesures/", "/profil/donnees/",
    "/profil/quitter/",
]  # fmt: skip
STEPS = ["essentials", "story", "context", "means", "effects", "sharing"]
