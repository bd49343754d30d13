"""What follows the facts of the practices app: authors are told of each decision, by mail."""

from commons import bus
from practices.jobs import tell_author
from practices.models import Decision
from practices.signals import SheetDecided


@bus.receives(SheetDecided)
def tell_decision(fact: SheetDecided) -> None:
    """Leave one mail per author to the worker, less the author who took the step: a slow mail server holds nobody."""
    decision = Decision.objects.select_related("sheet").get(pk=fact.decision_id)
    authors = decision.sheet.authors.filter(is_active=True).exclude(pk=fact.by_id)
    for pk in authors.values_list("pk", flat=True):
        tell_author(decision.pk, pk)
