"""What follows facts in the practices app: mails of decisions and invitations, texts without a name dated anew."""

from django.utils import timezone

from commons import bus
from commons.people.signals import TextsWrittenOver
from practices.jobs import tell_author, tell_invited
from practices.models import Decision, Sheet, Version
from practices.signals import AuthorInvited, SheetDecided


@bus.receives(SheetDecided)
def tell_decision(fact: SheetDecided) -> None:
    """Leave one mail per author to the worker, less the author who took the step: a slow mail server holds nobody."""
    decision = Decision.objects.select_related("sheet").get(pk=fact.decision_id)
    authors = decision.sheet.authors.filter(is_active=True).exclude(pk=fact.by_id)
    for pk in authors.values_list("pk", flat=True):
        tell_author(decision.pk, pk)


@bus.receives(AuthorInvited)
def tell_invitation(fact: AuthorInvited) -> None:
    """Leave the mail to the worker."""
    tell_invited(fact.invitation_id)


@bus.receives(TextsWrittenOver)
def date_sheets_anew(fact: TextsWrittenOver) -> None:
    """Date the sheets whose texts lost a name: copies that browsers and feed readers keep are no longer fresh."""
    ids = [str(pk) for pk in fact.ids]
    if fact.table == "practices.Version":
        ids = list(Version.objects.filter(pk__in=ids).values_list("sheet_id", flat=True))
    if fact.table in ("practices.Version", "practices.Sheet"):
        Sheet.objects.filter(pk__in=ids).update(updated_at=timezone.now())
