"""Owns front matter: a file's text to its values and body, and back to the same text."""

import re
from collections.abc import Mapping
from typing import Any

import yaml
from django.utils.translation import gettext as _
from frontmatter.default_handlers import YAMLHandler

from commons.errors import Invalid

UNWRAPPED = 10**9
LIMIT = 2_000_000  # bytes: ten times the longest text that is rendered
_ODD_BREAKS = re.compile("[\x85\u2028\u2029\ufeff]")
_TAB = re.compile(r"^[ \t]*\t", re.MULTILINE)
_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_Base):
    """Reads words as words: `no`, `2024` and `2026-01-05` stay text, which each field then reads as its own type."""


_Loader.yaml_implicit_resolvers = {}
_Loader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^(?:~|null|Null|NULL|)$"), ["~", "n", "N", ""])
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|True|false|False)$"), list("tTfF"))


class _Dumper(yaml.SafeDumper):
    """Writes texts of many lines as blocks, and nothing by reference."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - the hook's signature
        return True


def _write_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = '"' if _ODD_BREAKS.search(text) else "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _write_text)


def read_front_matter(raw: bytes) -> tuple[dict[str, Any], str]:
    """Return a file's values and body; no values where it has no front matter.

    Takes a byte order mark, Windows line ends and tabs. Refuses (`Invalid`, in words) what is not UTF-8 text, a
    front matter that is not closed or no mapping, and references, by which a small file can unfold into a huge one.
    """
    if len(raw) > LIMIT:
        raise _refuse(_("Ce fichier est trop lourd pour une fiche."))
    try:
        text = raw.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        raise _refuse(_("Ce fichier n’est pas du texte en UTF-8.")) from error
    handler = YAMLHandler()
    text = text.lstrip()
    if not handler.detect(text):
        return {}, text.strip()
    try:
        front, body = handler.split(text)
    except ValueError as error:
        raise _refuse(_("L’en-tête ouvert par « --- » n’est pas fermé.")) from error
    return _values(front), body.strip()


def _values(front: str) -> dict[str, Any]:
    try:
        values = _parse(_TAB.sub(lambda tabs: tabs[0].replace("\t", "  "), front))
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        place = getattr(error, "problem_mark", None)
        line = place.line + 1 if place else 1
        problem = getattr(error, "problem", None) or type(error).__name__
        raise _refuse(
            _("L’en-tête YAML ne se lit pas, ligne %(line)d : %(problem)s.") % {"line": line, "problem": problem}
        ) from error
    if values is None:
        return {}
    if not isinstance(values, dict):
        raise _refuse(_("L’en-tête YAML n’est pas une liste de champs."))
    return {str(key): value for key, value in values.items()}


def _parse(front: str) -> Any:
    if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(front, Loader=_Loader)):
        raise _refuse(_("L’en-tête YAML contient des renvois (&, *), qui ne sont pas lus."))
    return yaml.load(front, Loader=_Loader)  # noqa: S506 - a safe loader


def _refuse(message: str) -> Invalid:
    return Invalid({"": [message]}, code="front_matter")


def write_front_matter(values: Mapping[str, Any], body: str) -> str:
    """Return the text of a file with these values, in their order, and this body."""
    front = yaml.dump(dict(values), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=UNWRAPPED)
    return f"---\n{front}---\n\n{body}\n" if body else f"---\n{front}---\n"
