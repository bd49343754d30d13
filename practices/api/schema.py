"""Describes the field table's types to OpenAPI; the actions clean and refuse, so nothing is validated here twice."""

from typing import Any

from rest_framework import serializers

from practices.fields import FIELDS
from practices.fields import types as t
from practices.fields.table import trial_fields


def described(type_: t.Type) -> serializers.Field[Any, Any, Any, Any]:
    """Return the serializer field that describes a type's JSON."""
    if isinstance(type_, t.Flag):
        return serializers.BooleanField(required=False)
    if isinstance(type_, t.Number):
        return serializers.IntegerField(required=False, min_value=type_.least, max_value=type_.most)
    if isinstance(type_, t.Choices | t.Tags):
        return serializers.ListField(child=serializers.CharField(), required=False, max_length=type_.limit)
    if isinstance(type_, t.Record):
        return serializers.DictField(required=False)
    if isinstance(type_, t.Rows):
        return serializers.ListField(child=serializers.DictField(), required=False, max_length=type_.limit)
    return serializers.CharField(required=False, allow_blank=True)


def _described_fields(fields: Any) -> dict[str, Any]:
    return {field.code: described(field.type) for field in fields}


ContentSerializer = type("ContentSerializer", (serializers.Serializer,), _described_fields(FIELDS))
ContentSerializer.__doc__ = "A sheet's values by field code."
TrialContentSerializer = type("TrialContentSerializer", (serializers.Serializer,), _described_fields(trial_fields()))
TrialContentSerializer.__doc__ = "The values of a sheet's fields that a trial reports anew."


class AspectsSerializer(serializers.Serializer[Any]):
    """The shrunk mean of each aspect, from 1 to 5, and how many people rated."""

    count = serializers.IntegerField()
    useful = serializers.FloatField()
    clear = serializers.FloatField()
    transferable = serializers.FloatField()


class SheetRowSerializer(serializers.Serializer[Any]):
    """A sheet as lists show it."""

    id = serializers.CharField()
    url = serializers.URLField()
    title = serializers.CharField()
    summary = serializers.CharField()
    kind = serializers.CharField()
    language = serializers.CharField()
    status = serializers.CharField()
    outcome = serializers.CharField()
    evidence = serializers.CharField()
    confidentiality = serializers.CharField()
    licence = serializers.CharField()
    editorial_state = serializers.CharField()
    institution = serializers.CharField(allow_null=True)
    network = serializers.CharField(allow_null=True)
    trial_count = serializers.IntegerField()
    rating_count = serializers.IntegerField()
    support_count = serializers.IntegerField()
    published_at = serializers.DateTimeField(allow_null=True)
    updated_at = serializers.DateTimeField()


class SheetSerializer(ContentSerializer):  # type: ignore[misc, valid-type]
    """A sheet whole: every field of the table, its life and what others made of it."""

    id = serializers.CharField()
    url = serializers.URLField()
    editorial_state = serializers.CharField()
    network = serializers.CharField(allow_null=True)
    revision = serializers.IntegerField(help_text="of the working text; give it back in If-Match")
    version = serializers.IntegerField(allow_null=True, help_text="the published version's number")
    is_draft = serializers.BooleanField(help_text="whether the fields are the working text, not a version")
    missing = serializers.ListField(child=serializers.CharField(), help_text="codes the next gate lacks")
    evidence_level = serializers.CharField(help_text="the level of evidence, as trials settled it")
    trial_count = serializers.IntegerField()
    worked_count = serializers.IntegerField()
    mixed_count = serializers.IntegerField()
    failed_count = serializers.IntegerField()
    support_count = serializers.IntegerField()
    ratings = AspectsSerializer(allow_null=True)
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()
    published_at = serializers.DateTimeField(allow_null=True)
    review_by = serializers.DateField(allow_null=True)


class SheetCreationSerializer(ContentSerializer):  # type: ignore[misc, valid-type]
    """A new draft: `kind` and `title`, and any other field."""

    kind = serializers.ChoiceField(choices=["practice", "guide", "need"])
    title = serializers.CharField(max_length=100)
