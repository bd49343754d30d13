"""The refusals every action may raise; doors translate them, nothing else does."""

from collections.abc import Mapping, Sequence
from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise


class CommonsError(Exception):
    """A refusal that a person may read: a stable `code` for programs, a `message` in the person's language.

    `status` is the HTTP status doors answer with.
    """

    status: ClassVar[int] = 400
    default_code: ClassVar[str] = "error"
    default_message: ClassVar[Text] = _("Cette opération n’est pas possible.")

    def __init__(self, message: Text = "", *, code: str = "") -> None:
        self.code = code or self.default_code
        self.message = message or self.default_message
        super().__init__(self.code)


class NotAllowed(CommonsError):
    """The person may see the object but not do this to it."""

    status = 403
    default_code = "not_allowed"
    default_message = _("Vous n’avez pas le droit de faire cela.")


class NotFound(CommonsError):
    """The object does not exist, or must not be known to exist."""

    status = 404
    default_code = "not_found"
    default_message = _("Cette page n’existe pas, ou ne vous est pas ouverte.")


class Conflict(CommonsError):
    """Somebody else changed the same thing; `theirs` holds their values so that nothing is lost."""

    status = 409
    default_code = "conflict"
    default_message = _("Une autre personne a modifié ce texte entre-temps.")

    def __init__(
        self, message: Text = "", *, code: str = "", theirs: Mapping[str, object] | None = None, revision: int = 0
    ) -> None:
        super().__init__(message, code=code)
        self.theirs = dict(theirs or {})
        self.revision = revision


class Invalid(CommonsError):
    """Values that cannot be taken; `fields` maps a field's path (`steps.0.title`) to its messages."""

    status = 422
    default_code = "invalid"
    default_message = _("Certaines informations sont à corriger.")

    def __init__(self, fields: Mapping[str, Sequence[Text]], message: Text = "", *, code: str = "") -> None:
        super().__init__(message, code=code)
        self.fields = {path: list(messages) for path, messages in fields.items()}


class TooMany(CommonsError):
    """A limit of rate or size was reached."""

    status = 429
    default_code = "too_many"
    default_message = _("Trop de demandes en peu de temps : réessayez dans un instant.")
