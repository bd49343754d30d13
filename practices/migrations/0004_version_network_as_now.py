from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps
from django.db.models import OuterRef, Subquery


def take_the_sheet_s(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Give the versions written before the network of their sheet as it is now."""
    of_sheet = apps.get_model("practices", "Sheet").objects.filter(pk=OuterRef("sheet")).values("network")
    apps.get_model("practices", "Version").objects.update(network=Subquery(of_sheet))


class Migration(migrations.Migration):

    dependencies = [
        ('practices', '0003_version_network'),
    ]

    operations = [
        migrations.RunPython(take_the_sheet_s, migrations.RunPython.noop),
    ]
