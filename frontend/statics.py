"""Owns how static files are named once served: by their content, and so are the modules that scripts import."""

from servestatic.storage import CompressedManifestStaticFilesStorage  # type: ignore[import-untyped]


class NamedByContent(CompressedManifestStaticFilesStorage):
    """A file's name changes with its content, wherever a stylesheet or a module speaks of it."""

    support_js_module_import_aggregation = True
