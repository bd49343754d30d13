"""`manage.py erase ADDRESS|NUMBER`: erases an account at once, as its owner asked in writing, or after a restore."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Q

from commons.errors import CommonsError
from commons.people.actions.erasure import erase_person, refuse_last_administrator
from commons.people.enums import ErasureCause, ErasureMode
from commons.people.jobs import forget_in_search
from commons.people.models import User


class Command(BaseCommand):
    """For who runs the site. An erasure that is in the journal and not in a restored backup is done again by number."""

    help = "Erase an account at once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take whom, how, and other names."""
        parser.add_argument("person", help="the address, or the number of the account")
        parser.add_argument("--mode", choices=ErasureMode.values, default=ErasureMode.ANONYMISE.value)
        parser.add_argument("--name", action="append", default=[], help="another name under which the person appears")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Erase, and say under which number."""
        asked = options["person"]
        whom = Q(email__iexact=asked) | (Q(pk=int(asked)) if asked.isascii() and asked.isdigit() else Q(pk__in=[]))
        person = User.objects.filter(whom).first()
        if person is None:
            message = f"no account is {asked}"
            raise CommandError(message)
        try:
            refuse_last_administrator(person)
        except CommonsError as error:
            raise CommandError(str(error.message)) from error
        mode = ErasureMode(options["mode"])
        erasure = erase_person(person=person, mode=mode, cause=ErasureCause.ADMINISTRATOR, names=options["name"])
        forget_in_search()
        self.stdout.write(f"account {erasure.person_number} is erased ({mode.value})")
