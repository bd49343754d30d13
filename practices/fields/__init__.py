"""The field table of the sheet: declared once, read by forms, API, gates, pages, exports and search."""

from practices.fields.gates import missing
from practices.fields.table import FIELDS, Field, field_of, fields_for
from practices.fields.values import changed_values, clean_content, markdown_parts

__all__ = ["FIELDS", "Field", "changed_values", "clean_content", "field_of", "fields_for", "markdown_parts", "missing"]
