"""Puts the refusals of actions into forms that hold only some of the fields they speak of."""

from django import forms

from commons.errors import CommonsError, Invalid
from frontend.errors import add_errors
from practices.fields import field_of


def add_refusal(form: forms.BaseForm, error: CommonsError) -> None:
    """Say a refusal beside the form's own fields, and at its top in words: no code of the field table is shown."""
    if not isinstance(error, Invalid):
        add_errors(form, error)
    elif error.code == "incomplete":
        form.add_error(None, str(error.message))
    else:
        for path, said in error.fields.items():
            for message in said:
                own = path if path in form.fields else None
                form.add_error(own, str(message) if own or not path else f"{_label(path)}\u00a0: {message}")


def _label(path: str) -> str:
    code = path.split(".", maxsplit=1)[0]
    try:
        return str(field_of(code).label)
    except KeyError:
        return code
