"""Receipts of killed workers go by night; those that a worker may still look for stay."""

import os
import time
from pathlib import Path

from django.conf import settings

from commons.notices.receipts import KEPT_SECONDS, forget_old


def test_receipts_of_the_day_before_are_removed() -> None:
    folder = Path(settings.VAR_DIR) / "receipts"
    folder.mkdir(exist_ok=True)
    old, young = folder / "delivery-1-1.000000", folder / "delivery-2-2.000000"
    for path, age in ((old, KEPT_SECONDS + 60), (young, KEPT_SECONDS - 60)):
        path.write_text("{}")
        os.utime(path, (time.time() - age,) * 2)
    forget_old()
    assert (old.exists(), young.exists()) == (False, True)
    young.unlink()


def test_there_is_nothing_to_remove_where_no_mail_ever_left() -> None:
    forget_old()
