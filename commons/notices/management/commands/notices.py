"""`manage.py notices`: what waits to be told and sent, what failed; and doing it now, without a worker."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db.models import Count, Max, Min
from django.utils import timezone

from commons.notices.delivering import deliver
from commons.notices.digesting import send_digests
from commons.notices.enums import State
from commons.notices.models import Delivery, Digest, Fact
from commons.notices.spreading import spread

SHOWN = 5


class Command(BaseCommand):
    """`status` prints, `send` works until nothing is due, `again` lets what was given up be tried anew."""

    help = "Show what waits to be sent (status), send it now (send), try again what was given up (again)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what to do."""
        parser.add_argument("what", choices=["status", "send", "again"])

    def handle(self, *_args: Any, **options: Any) -> None:
        """Do it."""
        {"status": self._status, "send": self._send, "again": self._again}[options["what"]]()

    def _status(self) -> None:
        facts = Fact.objects.aggregate(n=Count("pk"), oldest=Min("created_at"), attempts=Max("attempts"))
        self.stdout.write(f"facts to tell: {facts['n']}{_age(facts['oldest'])}, most attempts {facts['attempts'] or 0}")
        rows = Delivery.objects.values_list("channel", "state").annotate(n=Count("pk"), oldest=Min("created_at"))
        for channel, state, n, oldest in rows.order_by("channel", "state"):
            self.stdout.write(f"{channel:<7} {state:<10} {n:>8}{_age(oldest) if state == State.WAITING else ''}")
        for cadence, state, n in (
            Digest.objects.values_list("cadence", "state").annotate(n=Count("pk")).order_by("cadence", "state")
        ):
            self.stdout.write(f"digest {cadence:<7} {state:<10} {n:>8}")
        for failure in _failures():
            self.stdout.write(failure)

    def _send(self) -> None:
        self.stdout.write(f"{spread()} facts told, {deliver()} deliveries made, {send_digests()} digests sent")

    def _again(self) -> None:
        models: tuple[type[Delivery | Digest], ...] = (Delivery, Digest)
        fresh = {"state": State.WAITING, "attempts": 0, "due_at": timezone.now()}
        count = sum(model._default_manager.filter(state=State.FAILED).update(**fresh) for model in models)
        self.stdout.write(f"{count} will be tried again")


def _age(oldest: Any) -> str:
    return f", oldest {int((timezone.now() - oldest).total_seconds())} s" if oldest else ""


def _failures() -> list[str]:
    failed = Delivery.objects.exclude(error="").exclude(state=State.SENT).order_by("-due_at")[:SHOWN]
    return [f"delivery {row.pk}: {row.attempts} attempts, {row.state}: {row.error}" for row in failed]
