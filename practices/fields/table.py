"""The field table: every field of a sheet, once. Adding a field is one line here.

`gate` binds practices; `gates` overrides it for another genre. A genre that is not in `genres` does not have the field.
`schema` is the schema.org property of the JSON-LD export, `dc` the Dublin Core element.
"""

from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from practices.enums import Gate, Genre
from practices.fields import types as t

D, S, P, O = Gate.DRAFT, Gate.SUBMIT, Gate.PUBLISH, Gate.NEVER  # noqa: E741 - the letters of the design's table
ALL = frozenset(Genre)
PRACTICE = frozenset({Genre.PRACTICE})
DONE = frozenset({Genre.PRACTICE, Genre.GUIDE})
CONTEXT = frozenset({Genre.PRACTICE, Genre.NEED})

STEPS = {
    "essentials": _("L’essentiel"),
    "story": _("Ce qui a été fait"),
    "context": _("Le contexte"),
    "means": _("Les moyens"),
    "effects": _("Les effets"),
    "sharing": _("Le partage"),
}


@dataclass(frozen=True)
class Field:
    """One field: its code everywhere, its words for people, its type, and what each door makes of it."""

    code: str
    label: str | Promise
    type: t.Type
    step: str
    gate: Gate = O
    help: str | Promise = ""
    genres: frozenset[str] = ALL
    gates: dict[str, Gate] = field(default_factory=dict)
    limits: dict[str, t.Type] = field(default_factory=dict)
    schema: str = ""
    dc: str = ""
    is_facet: bool = False
    in_trial: bool = False
    advised: int = 0

    def type_for(self, genre: str) -> t.Type:
        """Return the type that binds this genre."""
        return self.limits.get(genre, self.type)

    def gate_for(self, genre: str) -> Gate:
        """Return the gate at which this genre's sheets need the field."""
        return self.gates.get(genre, self.gate)


def _md(limit: int) -> t.Markdown:
    return t.Markdown(limit)


def _part(code: str, label: str | Promise, type_: t.Type, *, required: bool = False) -> t.Part:
    return t.Part(code, label, type_, required)


def _coded(vocabulary: str, limit: int = 500) -> t.Record:
    return t.Record((_part("codes", _("Lesquels"), t.Choices(vocabulary)), _part("text", _("Précisions"), _md(limit))))


def _rows(limit: int, *parts: t.Part) -> t.Rows:
    return t.Rows(t.Record(parts), limit)


NAME = _part("name", _("Nom"), t.Text(160), required=True)

FIELDS: tuple[Field, ...] = (
    Field("title", _("Titre"), t.Text(100), "essentials", D, schema="name", dc="title",
          help=_("Ce que quelqu’un d’autre chercherait, en moins de 100 caractères.")),
    Field("kind", _("Genre"), t.Choice("kind"), "essentials", D, schema="learningResourceType", dc="type", is_facet=True),
    Field("language", _("Langue"), t.LanguageTag(), "essentials", D, schema="inLanguage", dc="language", is_facet=True),
    Field("summary", _("En une phrase"), t.Text(600), "essentials", S, schema="abstract", dc="description", advised=160,
          gates={Genre.NEED: O}, help=_("Qui a fait quoi, pour qui, et ce que cela a donné. 160 caractères suffisent souvent.")),
    Field("problem", _("Problème de départ"), _md(800), "essentials", S, genres=CONTEXT,
          help=_("La situation qui vous a décidés, telle que vous la racontiez à l’équipe.")),
    Field("aim", _("Objectif"), _md(500), "essentials", S, genres=CONTEXT, gates={Genre.NEED: O}, schema="teaches",
          in_trial=True, help=_("Si possible mesurable : combien, pour quand.")),
    Field("domain", _("Domaine"), t.Choices("practice_domain", 3), "essentials", S, schema="about", dc="subject", is_facet=True,
          help=_("À quoi cela sert : un à trois domaines.")),
    Field("institution", _("Structure"), t.Slug(), "essentials", S, gates={Genre.GUIDE: O}, schema="provider", dc="publisher",
          help=_("La maison où cela s’est passé ; ses caractéristiques sont gardées avec la fiche.")),
    Field("what", _("Ce qui a été fait"), _md(3_000), "story", S, genres=DONE, limits={Genre.GUIDE: _md(40_000)},
          schema="text", dc="description", in_trial=True,
          help=_("Le récit, assez précis pour qu’une autre maison sache par où commencer.")),
    Field("steps", _("Étapes"), _rows(15, _part("title", _("Étape"), t.Text(120), required=True),
                                      _part("text", _("Détail"), _md(800)), _part("duration", _("Durée"), t.Text(60)),
                                      _part("who", _("Qui"), t.Choices("staffing"))),
          "story", P, genres=DONE, gates={Genre.GUIDE: O}, schema="step"),
    Field("status", _("État"), t.Record((_part("code", _("État"), t.Choice("status"), required=True),
                                         _part("since", _("Depuis"), t.Date()))),
          "story", S, genres=PRACTICE, schema="creativeWorkStatus", is_facet=True),
    Field("period", _("Dates"), t.Record((_part("start", _("Début"), t.Date()), _part("end", _("Fin"), t.Date()))),
          "story", P, genres=PRACTICE, schema="temporalCoverage", dc="coverage", in_trial=True),
    Field("discipline", _("Disciplines"), t.Choices("discipline"), "context", P, gates={Genre.GUIDE: O, Genre.NEED: O},
          schema="about", dc="subject", is_facet=True, in_trial=True),
    Field("format", _("Formats numériques"), t.Choices("digital_format"), "context", P, gates={Genre.GUIDE: O, Genre.NEED: O},
          schema="encodingFormat", dc="format", is_facet=True, in_trial=True),
    Field("modality", _("Modalité"), t.Record((_part("code", _("Lieu"), t.Choice("modality"), required=True),
                                               _part("sync", _("Rythme"), t.Choice("sync")))),
          "context", P, genres=PRACTICE, schema="eventAttendanceMode", is_facet=True, in_trial=True),
    Field("phase", _("Moment du parcours"), t.Choices("journey_phase"), "context", P, genres=PRACTICE, is_facet=True,
          in_trial=True),
    Field("audience", _("Publics"), t.Choices("audience"), "context", P, gates={Genre.GUIDE: O, Genre.NEED: O},
          schema="audience", is_facet=True, in_trial=True),
    Field("place", _("Lieu"), t.Record((_part("name", _("Commune"), t.Text(120)), _part("code", _("Code INSEE"), t.Text(5)),
                                        _part("territory", _("Territoire"), t.Choice("territory")))),
          "context", genres=CONTEXT, schema="spatialCoverage", dc="coverage", in_trial=True),
    Field("level", _("Niveau"), t.Choice("level"), "context", schema="educationalLevel", is_facet=True),
    Field("cost_setup", _("Budget de mise en place"), t.Record((_part("band", _("Tranche"), t.Choice("budget_band"), required=True),
                                                                _part("amount", _("Montant en euros"), t.Number()))),
          "means", P, genres=PRACTICE, schema="estimatedCost", is_facet=True, in_trial=True,
          help=_("Dépenses externes, hors salaires. « Non communiqué » est possible.")),
    Field("cost_running", _("Budget par an"), t.Record((_part("band", _("Tranche"), t.Choice("budget_band"), required=True),
                                                        _part("amount", _("Montant en euros"), t.Number()))),
          "means", P, genres=PRACTICE, in_trial=True),
    Field("effort_setup", _("Temps de mise en place"), t.Choice("effort_band"), "means", P, genres=PRACTICE, schema="totalTime",
          is_facet=True, in_trial=True, help=_("En journées de travail, toutes personnes confondues.")),
    Field("effort_running", _("Temps par mois"), t.Choice("effort_band"), "means", P, genres=PRACTICE, in_trial=True),
    Field("staffing", _("Métiers mobilisés"), _rows(14, _part("role", _("Métier"), t.Choice("staffing"), required=True),
                                                    _part("who", _("Lien"), t.Choice("staffing_link"))),
          "means", genres=PRACTICE, in_trial=True),
    Field("prerequisites", _("Conditions nécessaires"),
          t.Record((_part("items", _("Conditions"), _rows(10, _part("kind", _("Sorte"), t.Choice("prerequisite"), required=True),
                                                          _part("value", _("Valeur"), t.Text(160), required=True))),
                    _part("text", _("Précisions"), _md(500)))),
          "means", genres=DONE, schema="competencyRequired", in_trial=True),
    Field("tools", _("Outils"), _rows(15, NAME, _part("licence", _("Licence"), t.Text(80)), _part("price", _("Prix"), t.Text(80)),
                                      _part("hosted", _("Hébergé où"), t.Text(80))),
          "means", schema="tool", in_trial=True),
    Field("rights", _("Droits à négocier"), _coded("rights"), "means", genres=DONE, schema="usageInfo", in_trial=True),
    Field("partners", _("Partenaires et financeurs"), _rows(15, NAME, _part("role", _("Rôle"), t.Text(120))), "means",
          genres=PRACTICE, schema="funder", in_trial=True),
    Field("outcome", _("Résultat"), t.Choice("outcome"), "effects", P, genres=PRACTICE, schema="reviewRating", is_facet=True,
          in_trial=True, help=_("Au regard de l’objectif. Un échec bien raconté vaut une réussite.")),
    Field("results", _("Effets observés"),
          t.Record((_part("text", _("Récit"), _md(1_500)),
                    _part("indicators", _("Indicateurs"),
                          _rows(10, NAME, _part("before", _("Avant"), t.Text(60)), _part("after", _("Après"), t.Text(60)),
                                _part("unit", _("Unité"), t.Text(40)), _part("source", _("Source"), t.Text(160)))))),
          "effects", genres=PRACTICE, in_trial=True),
    Field("evidence", _("Niveau de preuve"), t.Choice("evidence"), "effects", genres=PRACTICE, is_facet=True),
    Field("why_stopped", _("Pourquoi cela s’est arrêté"), _coded("obstacle", 800), "effects", genres=PRACTICE,
          schema="negativeNotes", in_trial=True),
    Field("obstacles", _("Obstacles rencontrés"), _coded("obstacle"), "effects", P, genres=PRACTICE, schema="negativeNotes",
          is_facet=True, in_trial=True, help=_("Écrivez « aucun » s’il n’y en a pas eu.")),
    Field("enablers", _("Facteurs favorables"), _md(500), "effects", genres=PRACTICE, schema="positiveNotes", in_trial=True),
    Field("if_again", _("Si c’était à refaire"), _md(500), "effects", P, genres=PRACTICE, in_trial=True),
    Field("adaptable", _("Ce qui peut changer, ce qui ne doit pas changer"), _md(800), "sharing", P, genres=PRACTICE),
    Field("check", _("Comment savoir que c’est fait"), _rows(10, _part("test", _("Ce qu’on vérifie"), t.Text(200), required=True),
                                                             _part("threshold", _("Seuil"), t.Text(120))),
          "sharing", genres=DONE, schema="assesses"),
    Field("access", _("Accessibilité de la pratique"), t.Choices("accessibility_feature"), "sharing",
          genres=DONE, schema="accessibilityFeature", is_facet=True),
    Field("footprint", _("Sobriété"), t.Record((_part("level", _("De 1 (lourd) à 5 (léger)"), t.Number(1, 5)),
                                                _part("text", _("Pourquoi"), _md(500)))), "sharing", genres=PRACTICE),
    Field("media", _("Images, sons et documents"),
          _rows(20, _part("upload", _("Fichier"), t.Slug(26)), _part("url", _("Adresse"), t.Link()),
                _part("alt", _("Texte de remplacement"), t.Text(300), required=True),
                _part("transcript", _("Transcription"), _md(20_000)), _part("licence", _("Licence"), t.Choice("licence"), required=True),
                _part("credit", _("Crédit"), t.Text(160))),
          "sharing", schema="associatedMedia"),
    Field("based_on", _("Inspirée de"), t.Record((_part("sheet", _("Fiche"), t.Slug(26)), _part("url", _("Adresse"), t.Link()),
                                                  _part("changed", _("Ce qui a été changé"), _md(500)))),
          "sharing", schema="isBasedOn", dc="source"),
    Field("tags", _("Mots-clés"), t.Tags(10), "sharing", schema="keywords", dc="subject",
          help=_("Dix au plus. Le glossaire propose des termes ; un terme nouveau sera relu.")),
    Field("authors", _("Contributeur·rices"), _rows(20, NAME, _part("role", _("Contribution"), t.Choice("credit_role"))),
          "sharing", P, gates={Genre.NEED: O}, schema="author", dc="contributor"),
    Field("owner_contact", _("Personne-contact"), t.Record((_part("name", _("Nom"), t.Text(160)),
                                                            _part("accepts_questions", _("Accepte les questions"), t.Flag()))),
          "sharing", P, genres=PRACTICE, schema="maintainer"),
    Field("confidentiality", _("Diffusion"), t.Choice("confidentiality"), "sharing", S, dc="rights"),
    Field("licence", _("Licence"), t.Choice("licence"), "sharing", S, schema="license", dc="rights"),
)  # fmt: skip

_BY_CODE = {f.code: f for f in FIELDS}


def field_of(code: str) -> Field:
    """Return the field of that code; `KeyError` when there is none."""
    return _BY_CODE[code]


def fields_for(genre: str) -> list[Field]:
    """Return the fields that sheets of this genre have, in the table's order."""
    return [f for f in FIELDS if genre in f.genres]


def trial_fields() -> list[Field]:
    """Return the fields a trial reuses, in the table's order."""
    return [f for f in FIELDS if f.in_trial]


def facet_fields() -> list[Field]:
    """Return the fields by which the catalogue is filtered."""
    return [f for f in FIELDS if f.is_facet]
