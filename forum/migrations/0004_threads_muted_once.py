"""A thread muted through its notices is muted in the one place where the forum keeps how closely one follows."""

from django.db import migrations

WHILE_SERVED = (
    "It moves few rows between two tables and locks neither; a thread that the release before mutes meanwhile stays "
    "muted, and is only missing from the list of what one muted."
)


def move_stances(apps, schema_editor):
    """Take what notices kept of threads for the thread's own level: muted, or followed closely."""
    stances, follows = apps.get_model("notices", "Follow"), apps.get_model("forum", "Follow")
    threads = apps.get_model("forum", "Thread")
    of_threads = stances.objects.filter(subject__startswith="thread:")
    for user_id, subject, level in of_threads.values_list("user_id", "subject", "level"):
        thread_id = subject.removeprefix("thread:")
        if threads.objects.filter(pk=thread_id).exists():
            kept = {"level": "muted" if level == "muted" else "watching"}
            follows.objects.update_or_create(user_id=user_id, thread_id=thread_id, defaults=kept)
    of_threads.delete()


class Migration(migrations.Migration):
    dependencies = [
        ("forum", "0003_mentions"),
        ("notices", "0001_initial"),
    ]

    operations = [
        migrations.RunPython(move_stances, migrations.RunPython.noop),
    ]
