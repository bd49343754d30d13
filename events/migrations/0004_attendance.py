"""Attendance says when a person said that they were there, and when a facilitator confirmed it."""

from django.db import migrations, models
from django.db.models import F, OuterRef, Subquery


def keep_who_was_there(apps, schema_editor):
    """Take what was already confirmed for confirmed at the end of the meeting."""
    seats, occurrences = apps.get_model("events", "Seat"), apps.get_model("events", "Occurrence")
    ends = occurrences.objects.filter(pk=OuterRef("occurrence")).values("ends_at")
    seats.objects.filter(has_attended=True).update(attendance_confirmed_at=Subquery(ends))
    seats.objects.filter(has_attended=True).update(attendance_asked_at=F("attendance_confirmed_at"))


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0003_occurrence_thread"),
    ]

    operations = [
        migrations.AddField(
            model_name="seat",
            name="attendance_asked_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="seat",
            name="attendance_confirmed_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.RunPython(keep_who_was_there, migrations.RunPython.noop),
        migrations.RemoveField(
            model_name="seat",
            name="has_attended",
        ),
    ]
