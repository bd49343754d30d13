from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps
from django.db.models import OuterRef, Subquery


def take_the_sheet_s(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Give the trials written before the readers of their sheet as it is now."""
    of_sheet = apps.get_model("practices", "Sheet").objects.filter(pk=OuterRef("sheet"))
    apps.get_model("practices", "Trial").objects.update(
        confidentiality=Subquery(of_sheet.values("confidentiality")), network=Subquery(of_sheet.values("network"))
    )


class Migration(migrations.Migration):

    dependencies = [
        ('practices', '0008_trial_readers'),
    ]

    operations = [
        migrations.RunPython(take_the_sheet_s, migrations.RunPython.noop),
    ]
