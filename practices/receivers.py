"""What follows facts in the practices app: texts without a name are dated anew."""

from django.utils import timezone

from commons import bus
from commons.people.signals import TextsWrittenOver
from practices.models import Sheet, Version


@bus.receives(TextsWrittenOver)
def date_sheets_anew(fact: TextsWrittenOver) -> None:
    """Date the sheets whose texts lost a name: copies that browsers and feed readers keep are no longer fresh."""
    ids = [str(pk) for pk in fact.ids]
    if fact.table == "practices.Version":
        ids = list(Version.objects.filter(pk__in=ids).values_list("sheet_id", flat=True))
    if fact.table in ("practices.Version", "practices.Sheet"):
        Sheet.objects.filter(pk__in=ids).update(updated_at=timezone.now())
