"""Describes series and occurrences to OpenAPI, and shapes what programs send; the actions clean and refuse."""

from typing import Any

from rest_framework import serializers

from commons.people.models import Institution, Network
from events.enums import Format, Status, Template, Visibility


class StepSerializer(serializers.Serializer[Any]):
    """A step of an agenda."""

    title = serializers.CharField(max_length=160)
    minutes = serializers.IntegerField(min_value=1, max_value=480)
    topic = serializers.IntegerField(required=False)


class SeriesInputSerializer(serializers.Serializer[Any]):
    """What a series is opened or changed with; `start`, `skipped` and `extra` are local times without an offset."""

    title = serializers.CharField(max_length=160)
    start = serializers.CharField(help_text="at the clock on the wall, such as 2026-10-13T14:00")
    timezone = serializers.CharField(required=False, help_text="an IANA name; Europe/Paris unless said")
    duration_minutes = serializers.IntegerField(min_value=5, max_value=10_080, required=False)
    rrule = serializers.CharField(required=False, allow_blank=True, help_text="RFC 5545, DAILY to YEARLY")
    skipped = serializers.ListField(child=serializers.CharField(), required=False)
    extra = serializers.ListField(child=serializers.CharField(), required=False)
    holidays = serializers.ChoiceField(choices=("A", "B", "C"), required=False, help_text="skip these school holidays")
    about = serializers.CharField(required=False, allow_blank=True, max_length=4000)
    network = serializers.SlugRelatedField(
        slug_field="slug", queryset=Network.objects.all(), required=False, allow_null=True
    )
    institution = serializers.SlugRelatedField(
        slug_field="slug", queryset=Institution.objects.all(), required=False, allow_null=True
    )
    visibility = serializers.ChoiceField(choices=Visibility.choices, required=False)
    is_chatham = serializers.BooleanField(required=False)
    format = serializers.ChoiceField(choices=Format.choices, required=False)
    place = serializers.CharField(required=False, allow_blank=True, max_length=300)
    join_link = serializers.URLField(required=False, allow_blank=True, max_length=500)
    template = serializers.ChoiceField(choices=Template.choices, required=False)
    agenda = StepSerializer(many=True, required=False)
    seats_onsite = serializers.IntegerField(min_value=0, max_value=100_000, required=False, allow_null=True)
    seats_online = serializers.IntegerField(min_value=0, max_value=100_000, required=False, allow_null=True)
    claim_hours = serializers.IntegerField(min_value=1, max_value=720, required=False)
    needs_confirmation = serializers.BooleanField(required=False)


class SeriesSerializer(serializers.Serializer[Any]):
    """A series. `join_link` is there for who hosts it, and null for everybody else."""

    id = serializers.CharField()
    url = serializers.URLField()
    calendar = serializers.URLField()
    title = serializers.CharField()
    about = serializers.CharField()
    network = serializers.CharField(allow_null=True)
    institution = serializers.CharField(allow_null=True)
    visibility = serializers.CharField()
    is_chatham = serializers.BooleanField()
    timezone = serializers.CharField()
    start = serializers.CharField()
    duration_minutes = serializers.IntegerField()
    rrule = serializers.CharField()
    sentence = serializers.CharField()
    skipped = serializers.ListField(child=serializers.CharField())
    extra = serializers.ListField(child=serializers.CharField())
    format = serializers.CharField()
    place = serializers.CharField()
    join_link = serializers.CharField(allow_null=True)
    agenda = StepSerializer(many=True)
    seats_onsite = serializers.IntegerField(allow_null=True)
    seats_online = serializers.IntegerField(allow_null=True)
    claim_hours = serializers.IntegerField()
    needs_confirmation = serializers.BooleanField()
    sequence = serializers.IntegerField()
    split_from = serializers.CharField(allow_null=True)


class OccurrenceSerializer(serializers.Serializer[Any]):
    """One meeting of a series: `start` at the wall clock, `starts_at` and `ends_at` as instants."""

    id = serializers.IntegerField()
    url = serializers.URLField()
    series = serializers.CharField()
    recurrence_id = serializers.CharField()
    title = serializers.CharField()
    start = serializers.CharField()
    timezone = serializers.CharField()
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    duration_minutes = serializers.IntegerField()
    status = serializers.CharField()
    reason = serializers.CharField()
    is_tentative = serializers.BooleanField()
    format = serializers.CharField()
    place = serializers.CharField()
    join_link = serializers.CharField(allow_null=True)
    agenda = StepSerializer(many=True)
    seats_onsite = serializers.IntegerField(allow_null=True)
    seats_online = serializers.IntegerField(allow_null=True)
    sequence = serializers.IntegerField()
    thread = serializers.CharField(allow_null=True, help_text="none before anybody needed it: see `thread/`")


class SeriesChangeSerializer(SeriesSerializer):
    """A series just changed, and the meetings that had been changed alone and stay so."""

    overrides = OccurrenceSerializer(many=True)


class OccurrenceInputSerializer(serializers.Serializer[Any]):
    """What one meeting is changed with; empty words, place and link are the series' own again."""

    title = serializers.CharField(required=False, allow_blank=True, max_length=160)
    start = serializers.CharField(required=False, help_text="at the wall clock of the series")
    duration_minutes = serializers.IntegerField(min_value=5, max_value=10_080, required=False)
    format = serializers.ChoiceField(choices=Format.choices, required=False, allow_blank=True)
    place = serializers.CharField(required=False, allow_blank=True, max_length=300)
    join_link = serializers.URLField(required=False, allow_blank=True, max_length=500)
    agenda = StepSerializer(many=True, required=False)
    seats_onsite = serializers.IntegerField(min_value=0, max_value=100_000, required=False, allow_null=True)
    seats_online = serializers.IntegerField(min_value=0, max_value=100_000, required=False, allow_null=True)


class StatusSerializer(serializers.Serializer[Any]):
    """What becomes of a meeting, and why."""

    status = serializers.ChoiceField(choices=[c for c in Status.choices if c[0] != Status.RESCHEDULED])
    reason = serializers.CharField(required=False, allow_blank=True, max_length=300)


class DateSerializer(serializers.Serializer[Any]):
    """One date of a series, at its wall clock."""

    start = serializers.CharField()


class DatesSerializer(serializers.Serializer[Any]):
    """What a rule says, before anything is saved."""

    sentence = serializers.CharField()
    rrule = serializers.CharField()
    dates = DateSerializer(many=True)
    skipped = DateSerializer(many=True, help_text="left out up to the last of these dates")
