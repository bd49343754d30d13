"""`manage.py doctor`: what is configured, what answers, what is unsafe; exits 1 when something is."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from commons.diagnosis import findings

MARKS = {"ok": "ok  ", "note": "note", "bad": "BAD "}


class Command(BaseCommand):
    """One line for each finding, worst known by the word BAD."""

    help = "Say in plain words what is configured, reachable, and unsafe."
    requires_system_checks = ()

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Print the findings."""
        found = list(findings())
        for finding in found:
            self.stdout.write(f"{MARKS[finding.level]}  {finding.about:<9} {finding.sentence}")
        if any(finding.level == "bad" for finding in found):
            sys.exit(1)
