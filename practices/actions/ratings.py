"""Writes ratings by aspect, and the support of needs."""

from django.db import transaction
from django.db.models import Count, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from commons.bus import publish
from commons.errors import Invalid
from commons.people.models import User
from practices.actions.sheets import locked_sheet
from practices.enums import ASPECTS
from practices.models import Rating, Sheet, Support
from practices.signals import SheetChanged, SheetRated

BEST = 5


@transaction.atomic
def rate_sheet(*, by: User, sheet: Sheet, useful: int, clear: int, transferable: int) -> Rating:
    """Mark a sheet from 1 to 5 on each aspect; rating again changes one's marks. Never on one's own house's sheet."""
    locked = locked_sheet(by=by, sheet=sheet, permission="practices.rate_sheet")
    marks = {"useful": useful, "clear": clear, "transferable": transferable}
    wrong = [a for a, m in marks.items() if isinstance(m, bool) or not isinstance(m, int) or not 1 <= m <= BEST]
    if wrong:
        raise Invalid({aspect: [_("Une note de 1 à 5 est attendue.")] for aspect in wrong})
    rating, _created = Rating.objects.update_or_create(
        sheet=locked, user=by, defaults={**marks, "institution": by.institution, "updated_at": timezone.now()}
    )
    count_ratings(locked)
    publish(SheetRated(locked.pk, by.pk))
    return rating


@transaction.atomic
def withdraw_rating(*, by: User, sheet: Sheet) -> None:
    """Take one's marks back; nothing happens when there are none."""
    locked = locked_sheet(by=by, sheet=sheet, permission="practices.view_sheet")
    Rating.objects.filter(sheet=locked, user=by).delete()
    count_ratings(locked)


def count_ratings(sheet: Sheet) -> None:
    """Count a locked sheet's marks again."""
    sums = sheet.ratings.aggregate(count=Count("pk"), **{aspect: Sum(aspect) for aspect in ASPECTS})
    sheet.rating_count = sums["count"]
    for aspect in ASPECTS:
        setattr(sheet, f"{aspect}_sum", sums[aspect] or 0)
    sheet.save(update_fields=["rating_count", *(f"{aspect}_sum" for aspect in ASPECTS)])
    publish(SheetChanged(sheet.pk))


@transaction.atomic
def support_sheet(*, by: User, sheet: Sheet) -> Support:
    """Say "we have this need too"; saying it again changes nothing."""
    locked = locked_sheet(by=by, sheet=sheet, permission="practices.support_sheet")
    support, _created = Support.objects.get_or_create(sheet=locked, user=by)
    count_supports(locked)
    return support


@transaction.atomic
def withdraw_support(*, by: User, sheet: Sheet) -> None:
    """Take it back; nothing happens when it was not said."""
    locked = locked_sheet(by=by, sheet=sheet, permission="practices.view_sheet")
    Support.objects.filter(sheet=locked, user=by).delete()
    count_supports(locked)


def count_supports(sheet: Sheet) -> None:
    """Count again who has this need."""
    sheet.support_count = sheet.supports.count()
    sheet.save(update_fields=["support_count"])
    publish(SheetChanged(sheet.pk))
