"""`manage.py demo`: loads the demonstration commons, or removes it."""

from argparse import ArgumentParser
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from commons.safety import LOCAL_HOSTS
from frontend.demo.files import rows_of
from frontend.demo.loading import load_demo
from frontend.demo.people import PASSWORD
from frontend.demo.removal import remove_demo

SHOWN = (
    ("administrator", "ines.karvel@exemple.example"),
    ("moderator", "baptiste.orvand@exemple.example"),
    ("curator", "maud.leferrec@exemple.example"),
    ("facilitator", "hugo.pellestrin@exemple.example"),
    ("member", "pauline.esterac@exemple.example"),
)


class Command(BaseCommand):
    """Idempotent: what is there is left alone. `--remove` takes away what the demonstration brought."""

    help = "Load the demonstration commons, or remove it (--remove)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take `--remove`."""
        parser.add_argument("--remove", action="store_true", help="remove what the demonstration brought, nothing else")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Load and print the sign-ins, or remove."""
        if options["remove"]:
            self.stdout.write(f"demo: {remove_demo()} things removed")
            return
        is_public = urlsplit(settings.SITE_URL).hostname not in LOCAL_HOSTS
        self.stdout.write(f"demo: {load_demo(timezone.localdate(), is_public=is_public)} things added")
        if is_public:
            self.stdout.write("demo: this address is public, so the demo accounts have no password")
        else:
            self._print_sign_ins()

    def _print_sign_ins(self) -> None:
        others = len(rows_of("people")) - len(SHOWN)
        self.stdout.write(f"demo: sign in with the password {PASSWORD} as")
        for role, email in SHOWN:
            self.stdout.write(f"  {role:<14}{email}")
        self.stdout.write(f"  and {others} others, whose addresses are in frontend/demo/data/people.yaml")
