"""Writes people's copies of their own data: asked for, made by the worker, told by mail, forgotten after seven days.

Its mail goes straight out, not as a notice: the link in it answers what the person has just asked for, and no choice of
notices may keep it from them.
"""

import datetime
from typing import Final

from django.conf import settings
from django.core.files import File
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from commons.bus import publish
from commons.people.archives import archive_of
from commons.people.models import PersonalExport, User
from commons.people.signals import ExportAsked
from commons.permissions import require

KEPT_FOR: Final = datetime.timedelta(days=7)


@transaction.atomic
def ask_export(*, by: User) -> PersonalExport:
    """Ask for a copy of all that is one's own; while one is being made, or was made within the hour, it is that one."""
    require(by, "people.change_person", by)
    User.objects.select_for_update(of=("self",)).get(pk=by.pk)
    recent = by.exports.filter(created_at__gt=timezone.now() - datetime.timedelta(hours=1)).order_by("-pk").first()
    if recent is not None:
        return recent
    export = PersonalExport.objects.create(user=by)
    publish(ExportAsked(export.pk))
    return export


def build_export(*, export_id: int) -> None:
    """Make the archive and tell its owner where it is; made already, or of somebody who left, nothing happens."""
    export = PersonalExport.objects.select_related("user__institution").filter(pk=export_id, ready_at=None).first()
    if export is None:
        return
    person, now = export.user, timezone.now()
    with translation.override(person.language), archive_of(person) as archive:
        export.size = archive.seek(0, 2)
        archive.seek(0)
        export.file.save(f"{get_random_string(32)}.zip", File(archive), save=False)
        export.file.close()
        export.ready_at, export.expires_at = now, now + KEPT_FOR
        export.save()
        url = f"{settings.SITE_URL}{reverse('my_data')}"
        context = {"person": person, "url": url, "until": timezone.localdate(export.expires_at)}
        subject, body = _("[Commons] Vos données sont prêtes"), render_to_string("people/mails/export.txt", context)
    send_mail(subject, body, None, [person.email])


def forget_exports(*, now: datetime.datetime) -> int:
    """Delete the copies whose seven days are over, file and row; return how many. Run by the worker."""
    expired = list(PersonalExport.objects.filter(expires_at__lte=now))
    for export in expired:
        delete_export(export)
    return len(expired)


@transaction.atomic
def delete_export(export: PersonalExport) -> None:
    """Delete a copy; its file goes on commit."""
    storage, name = export.file.storage, str(export.file.name or "")
    export.delete()
    if name:
        transaction.on_commit(lambda: storage.delete(name))
