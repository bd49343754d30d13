"""Owns sheets as JSON-LD: schema.org's HowTo and LearningResource, by the property names of the field table."""

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.conf import settings

from commons.vocabularies.queries import entries_of, label_of
from practices.enums import Genre
from practices.exchange.exporting import attribution_of, version_of
from practices.fields import types as t
from practices.fields.display import plain
from practices.fields.table import Field, fields_for
from practices.fields.types import is_empty
from practices.models import Collection, Sheet

Node = dict[str, Any]
CONTEXT = "https://schema.org"
LEFT_OUT = ("provider",)  # the house is read from the version's snapshot
MODALITIES = {"in_situ": "Offline", "online": "Online", "hybrid": "Mixed"}
_UNSAFE = {ord(c): f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"}


def json_of(node: Node) -> str:
    """Return a node as JSON text, indented for people."""
    return json.dumps(node, ensure_ascii=False, indent=2) + "\n"


def json_in_page(node: Node) -> str:
    """Return a node as JSON that may stand inside a `<script>` element: no character of it can end the element."""
    return json.dumps(node, ensure_ascii=False).translate(_UNSAFE)


def sheet_node(sheet: Sheet) -> Node:
    """Return a sheet's current version as a node of its own, in the active language's labels."""
    return {"@context": CONTEXT, **_node(sheet)}


def collection_node(collection: Collection, sheets: Iterable[Sheet]) -> Node:
    """Return a collection as an ordered list of these sheets."""
    items = [{"@type": "ListItem", "position": n, "item": _node(sheet)} for n, sheet in enumerate(sheets, 1)]
    node = {
        "@context": CONTEXT,
        "@type": ["Collection", "ItemList"],
        "@id": settings.SITE_URL + collection.get_absolute_url(),
        "name": collection.title,
        "description": collection.intro,
        "publisher": {"@type": "Organization", "name": collection.network.name},
        "dateModified": collection.updated_at.date().isoformat(),
        "numberOfItems": len(items),
        "itemListElement": items,
    }
    return {key: value for key, value in node.items() if value not in ("", None)}


def _node(sheet: Sheet) -> Node:
    version = version_of(sheet)
    content = version.content
    is_how_to = content["kind"] == Genre.PRACTICE or "steps" in content
    url = settings.SITE_URL + sheet.get_absolute_url()
    node: Node = {
        "@type": ["HowTo", "LearningResource"] if is_how_to else "LearningResource",
        "@id": f"{settings.SITE_URL}{version.get_absolute_url()}",
        "url": url,
        "identifier": sheet.pk,
        "version": str(version.number),
        "creditText": attribution_of(content, version.house),
        "isAccessibleForFree": True,
    }
    for name, value in _dates(sheet).items():
        node[name] = value
    if version.house.get("name"):
        node["provider"] = {"@type": "Organization", "name": version.house["name"]}
    for field in fields_for(content["kind"]):
        if field.schema and field.schema not in LEFT_OUT and not is_empty(content.get(field.code)):
            _add(node, field.schema, _value(field, content[field.code]))
    return node


def _dates(sheet: Sheet) -> dict[str, str]:
    version = version_of(sheet)
    moments = {
        "datePublished": sheet.published_at,
        "dateModified": version.created_at,
        "lastReviewed": sheet.confirmed_at,
    }
    dates = {name: moment.date().isoformat() for name, moment in moments.items() if moment}
    return dates | ({"expires": sheet.review_by.isoformat()} if sheet.review_by else {})


def _add(node: Node, name: str, value: Any) -> None:
    """Set a property; what several fields share (subjects, negative notes) becomes one list."""
    if name not in node:
        node[name] = value
        return
    before = node[name] if isinstance(node[name], list) else [node[name]]
    node[name] = [*before, *(value if isinstance(value, list) else [value])]


def _value(field: Field, value: Any) -> Any:
    if field.schema in _SHAPES:
        return _SHAPES[field.schema](value)
    if isinstance(field.type, t.Choices):
        return [_term(field.type.vocabulary, code) for code in value]
    if isinstance(field.type, t.Choice):
        return label_of(field.type.vocabulary, value)
    return value if isinstance(field.type, t.Tags) else plain(field.type, value)


def _term(vocabulary: str, code: str) -> Node:
    return {
        "@type": "DefinedTerm",
        "termCode": code,
        "name": label_of(vocabulary, code),
        "inDefinedTermSet": vocabulary,
    }


def _people(rows: list[Mapping[str, str]]) -> list[Node]:
    return [{"@type": "Person", "name": row["name"]} for row in rows]


def _person(value: Mapping[str, Any]) -> Node | str:
    return {"@type": "Person", "name": value["name"]} if value.get("name") else settings.SITE_NAME


def _steps(rows: list[Mapping[str, Any]]) -> list[Node]:
    return [
        {"@type": "HowToStep", "position": n, "name": row["title"], "text": row.get("text") or row["title"]}
        for n, row in enumerate(rows, 1)
    ]


def _cost(value: Mapping[str, Any]) -> Any:
    if value.get("amount") is not None:
        return {"@type": "MonetaryAmount", "currency": "EUR", "value": value["amount"]}
    return label_of("budget_band", value["band"])


def _place(value: Mapping[str, str]) -> Node:
    place = {"@type": "Place", "name": value.get("name") or label_of("territory", value.get("territory", ""))}
    return place | ({"identifier": value["code"]} if value.get("code") else {})


def _licence(code: str) -> str:
    entry = entries_of("licence").get(code)
    return entry.exact_match if entry and entry.exact_match else code


def _media(rows: list[Mapping[str, Any]]) -> list[Node]:
    nodes = []
    for row in rows:
        node = {"@type": "MediaObject", "description": row["alt"], "license": _licence(row["licence"])}
        address = row.get("url", "")
        nodes.append(node | ({"contentUrl": address} if address else {"identifier": row.get("upload", "")}))
    return nodes


def _origin(value: Mapping[str, str]) -> str:
    return value.get("url") or value.get("sheet") or value.get("changed", "")


_SHAPES: dict[str, Callable[[Any], Any]] = {
    "author": _people,
    "maintainer": _person,
    "step": _steps,
    "estimatedCost": _cost,
    "spatialCoverage": _place,
    "license": _licence,
    "associatedMedia": _media,
    "isBasedOn": _origin,
    "inLanguage": str,
    "accessibilityFeature": list,
    "temporalCoverage": lambda value: f"{value.get('start', '..')}/{value.get('end', '..')}",
    "tool": lambda rows: [{"@type": "HowToTool", "name": row["name"]} for row in rows],
    "funder": lambda rows: [{"@type": "Organization", "name": row["name"]} for row in rows],
    "audience": lambda codes: [{"@type": "Audience", "audienceType": label_of("audience", code)} for code in codes],
    "eventAttendanceMode": lambda value: f"{CONTEXT}/{MODALITIES.get(value['code'], 'Mixed')}EventAttendanceMode",
}
