"""What follows the facts of the practices app: mails to authors of each decision, to the invited of invitations."""

from commons import bus
from practices.jobs import tell_author, tell_invited
from practices.models import Decision
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
