"""`manage.py token EMAIL --scope write`: prints a new API token and nothing else."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from commons.people.actions import create_token
from commons.people.enums import TokenScope
from commons.people.models import User


class Command(BaseCommand):
    """For scripts: the token is the whole output."""

    help = "Print a new API token for a person."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take whose token it is, and what it may do."""
        parser.add_argument("email")
        parser.add_argument("--scope", choices=TokenScope.values, default=TokenScope.READ)
        parser.add_argument("--name", default="manage.py token")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Make the token and print its key."""
        user = User.objects.filter(email__iexact=options["email"], is_active=True).first()
        if user is None:
            message = f"no active account has the address {options['email']}"
            raise CommandError(message)
        _token, key = create_token(by=user, name=options["name"], scope=options["scope"])
        self.stdout.write(key)
