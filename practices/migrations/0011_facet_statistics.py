"""Let PostgreSQL know which codes a field has: it took them for strangers, and read every sheet where one in four will do."""

from django.db import migrations

CREATE = """
    CREATE STATISTICS IF NOT EXISTS practices_facetvalue_field_code (mcv) ON field, code FROM practices_facetvalue
"""
WHILE_SERVED = "Statistics are the planner's alone; making them waits for no reader or writer, and none waits for them."
DROP = "DROP STATISTICS IF EXISTS practices_facetvalue_field_code"


def create(_apps, schema_editor):
    _run(schema_editor, CREATE)


def drop(_apps, schema_editor):
    _run(schema_editor, DROP)


def _run(schema_editor, sql):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(sql)


class Migration(migrations.Migration):
    dependencies = [("practices", "0010_newest_sheets")]
    operations = [migrations.RunPython(create, drop)]
