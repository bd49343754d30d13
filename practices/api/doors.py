"""What the doors of this app share: finding the sheet, reading a body, tags of versions."""

import re
from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.http import parse_etags
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request

from commons.errors import CommonsError, Conflict, Invalid, NotFound
from practices.api.outputs import edits
from practices.fields.types import Markdown, nest
from practices.models import Sheet
from practices.queries import sheets_visible_to

IF_MATCH = OpenApiParameter("If-Match", str, OpenApiParameter.HEADER, description="the ETag the editor started from")
REVISION = re.compile(r'(?:W/)?"?([0-9]{1,9})(?:-[^"]*)?"?')


class Precondition(CommonsError):
    """`If-Match` names another revision than the present one."""

    status = 412
    default_code = "precondition_failed"


class Collision(Precondition):
    """A save over somebody else's: as the API says it, with both what is there and its revision."""

    def __init__(self, error: Conflict) -> None:
        super().__init__(error.message, code=error.code)
        self.theirs, self.revision = error.theirs, error.revision


def visible_sheet(request: Request, pk: str) -> Sheet:
    """Return the sheet if the person may read it; hidden and missing are the same."""
    sheets: QuerySet[Sheet] = sheets_visible_to(request.user)
    sheet = sheets.select_related("institution", "network", "version").filter(pk=pk).first()
    if sheet is None:
        raise NotFound
    return sheet


def edited_sheet(request: Request, pk: str) -> Sheet:
    """Return the sheet if the person may change it; to anybody else what is asked of it is not there."""
    sheet = visible_sheet(request, pk)
    if not request.user.has_perm("practices.change_sheet", sheet):
        raise NotFound
    return sheet


def text_in(body: Mapping[str, Any], name: str, limit: int = 2000) -> str:
    """Return a text of the body, empty when it is left out; refuse what is none or too long."""
    try:
        return str(Markdown(limit).clean(body.get(name)))
    except Invalid as error:
        raise Invalid(nest(name, error)) from error


def number_in(body: Mapping[str, Any], name: str) -> int:
    """Return a whole number of the body; refuse any other JSON, and its absence."""
    value = body.get(name)
    if isinstance(value, bool) or not isinstance(value, int):
        raise Invalid({name: [_("Un nombre entier est attendu.")]})
    return value


def flag_in(body: Mapping[str, Any], name: str) -> bool:
    """Return a yes or no of the body; refuse any other JSON, and its absence."""
    value = body.get(name)
    if not isinstance(value, bool):
        raise Invalid({name: [_("true ou false est attendu.")]})
    return value


def mapping_in(body: Mapping[str, Any], name: str) -> dict[str, Any]:
    """Return an object of the body, empty when it is left out; refuse any other JSON."""
    value = body.get(name) or {}
    if not isinstance(value, dict):
        raise Invalid({name: [_("Un objet JSON est attendu.")]})
    return value


def etag_of(sheet: Sheet, reader: Any) -> str:
    """Return the tag of what this person is given of a sheet, which changes with each write of it."""
    counts = f"{sheet.trial_count}.{sheet.rating_count}.{sheet.useful_sum + sheet.clear_sum + sheet.transferable_sum}"
    stamp = int(sheet.updated_at.timestamp() * 1000)
    face = f"{'working' if edits(reader, sheet) else 'public'}.{get_language()}"
    return f'"{sheet.revision}-{sheet.version_id or 0}-{stamp}-{counts}.{sheet.support_count}-{face}"'


def is_known(request: Request, tag: str) -> bool:
    """Tell whether the client has this state of the answer already (`If-None-Match`, compared weakly)."""
    known = parse_etags(request.headers.get("If-None-Match", ""))
    return known == ["*"] or tag in {one.removeprefix("W/") for one in known}


def revision_in(request: Request, present: int) -> int:
    """Return the revision that `If-Match` says the editor started from; the present one without the header."""
    header = request.headers.get("If-Match", "").strip()
    if header in ("", "*"):
        return present
    tag = REVISION.fullmatch(header)
    if tag is None or int(tag[1]) > present:
        raise Precondition(_("Cet en-tête If-Match ne vient pas de nous."))
    return int(tag[1])
