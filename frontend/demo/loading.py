"""Owns loading and removing the demonstration as a whole."""

import datetime

from django.db import transaction
from django.utils import translation

from frontend.demo.collections import load_collections
from frontend.demo.echoes import load_echoes
from frontend.demo.notices import tell_people
from frontend.demo.people import load_people
from frontend.demo.rooms import load_rooms
from frontend.demo.sheets import load_sheets
from frontend.demo.threads import load_threads
from frontend.demo.workshops import load_workshops


@transaction.atomic
def load_demo(today: datetime.date, *, is_public: bool = False) -> int:
    """Load what is missing of the demonstration and return how many things were added: all of it, or nothing.

    What is there is left as it is, so a second run changes nothing, whatever people did with it meanwhile.
    """
    with translation.override("fr"):
        added = load_people(today, is_public=is_public)
        sheets = load_sheets(today)
        added += len(sheets) + load_echoes(sheets, today) + load_collections(today)
        added += load_workshops(today) + load_rooms() + load_threads(today)
        if added:
            tell_people()
        return added
