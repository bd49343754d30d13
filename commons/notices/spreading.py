"""Owns the way from a fact to its notices: as many queries for five thousand followers as for one.

Django's bulk writes go in batches of some hundred rows, so the rows are made by the database from the recipients'
query (`INSERT … SELECT … ON CONFLICT`, the same words on SQLite and PostgreSQL): docs/adr/0017-notices.md.
"""

import datetime
from typing import Any

import structlog
from django.conf import settings
from django.core.exceptions import EmptyResultSet
from django.db import connection, transaction
from django.db.models import BooleanField, CharField, Exists, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from commons.notices.enums import Channel, Level, State
from commons.notices.kinds import FAILURES, Kind, News, keepings, kinds, news_in, split, without_strand
from commons.notices.models import Choice, Delivery, Fact, Follow, Notice
from commons.people.models import User

logger = structlog.get_logger(__name__)
BATCH = 50
FIRST_WAIT = datetime.timedelta(seconds=5)
LONGEST_WAIT = datetime.timedelta(hours=1)
_NOTICES, _DELIVERIES = Notice._meta.db_table, Delivery._meta.db_table
_ADD_NOTICES = f"""
INSERT INTO {_NOTICES} (user_id, subject, kind, weight, count, by_id, detail, created_at, changed_at)
SELECT r.id, %s, %s, %s, 1, %s, %s, %s, %s FROM ({{recipients}}) r WHERE true
ON CONFLICT (user_id, subject) DO UPDATE SET
  kind = CASE WHEN {_NOTICES}.read_at IS NULL AND {_NOTICES}.weight > excluded.weight
    THEN {_NOTICES}.kind ELSE excluded.kind END,
  detail = CASE WHEN {_NOTICES}.read_at IS NULL AND
    ({_NOTICES}.weight > excluded.weight OR (%s AND {_NOTICES}.weight = excluded.weight))
    THEN {_NOTICES}.detail ELSE excluded.detail END,
  weight = CASE WHEN {_NOTICES}.read_at IS NULL AND {_NOTICES}.weight > excluded.weight
    THEN {_NOTICES}.weight ELSE excluded.weight END,
  count = CASE WHEN {_NOTICES}.read_at IS NULL THEN {_NOTICES}.count + 1 ELSE 1 END,
  by_id = excluded.by_id, changed_at = excluded.changed_at,
  listed_at = CASE WHEN {_NOTICES}.read_at IS NULL THEN {_NOTICES}.listed_at END,
  read_at = NULL
"""  # noqa: S608 - our own tables
_ADD_DELIVERIES = f"""
INSERT INTO {_DELIVERIES} (notice_id, channel, state, due_at, claim, attempts, error, created_at)
SELECT n.id, {{channel}}, %s, %s, '', 0, '', %s FROM ({{recipients}}) r
JOIN {_NOTICES} n ON n.user_id = r.id AND n.subject = %s WHERE {{wanted}}
ON CONFLICT DO NOTHING
"""  # noqa: S608 - our own tables


def spread() -> int:
    """Tell every waiting fact to whom it concerns; return how many were told.

    A fact goes in the transaction that makes its notices, so that it is told once, whoever is killed meanwhile. One
    that fails (`FAILURES`) is logged and tried again later; it keeps no other waiting.
    """
    told = 0
    while pks := _waiting():
        told += sum(_tell(pk) for pk in pks)
    return told


def _waiting() -> list[int]:
    due = Fact.objects.filter(retry_at__lte=timezone.now()).order_by("retry_at", "pk")
    return list(due.values_list("pk", flat=True)[:BATCH])


def _tell(pk: int) -> bool:
    try:
        with transaction.atomic():
            rows = Fact.objects.select_for_update(skip_locked=True).filter(pk=pk, retry_at__lte=timezone.now())
            fact = rows.first()
            if fact is None:  # another worker has it, or had it
                return False
            for news in news_in(fact.name, fact.values):
                spread_news(news)
            fact.delete()
    except FAILURES as error:
        logger.exception("fact_failed", fact=pk)
        _postpone(pk, str(error))
        return False
    return True


def _postpone(pk: int, error: str) -> None:
    fact = Fact.objects.filter(pk=pk).first()
    if fact is not None:
        wait = min(FIRST_WAIT * 2**fact.attempts, LONGEST_WAIT)
        fact.attempts, fact.error, fact.retry_at = fact.attempts + 1, error[:300], timezone.now() + wait
        fact.save()


def spread_news(news: News) -> None:
    """Write what each recipient is to be told, and by which channels; in three queries, however many they are."""
    kind = kinds()[news.kind]
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    soon = timezone.now() + datetime.timedelta(seconds=settings.NOTICE_DELAY_SECONDS)
    try:
        recipients, values = recipients_of(news, kind).query.sql_with_params()
    except EmptyResultSet:  # Django knows without asking that this concerns nobody
        return
    facts = [news.subject, kind.code, kind.weight, news.by_id, news.detail, now, now]
    _write(_ADD_NOTICES.format(recipients=recipients), [*facts, *values, kind.keeps_first])
    at_once = [State.WAITING.value, now, now, *values, news.subject]
    app = _ADD_DELIVERIES.format(channel=f"'{Channel.APP.value}'", recipients=recipients, wanted="r.in_app")
    _write(app, at_once)
    later = [State.WAITING.value, connection.ops.adapt_datetimefield_value(soon), now, *values, news.subject]
    mail = _ADD_DELIVERIES.format(channel="r.mail", recipients=recipients, wanted="r.mail <> ''")
    _write(mail, later)


def recipients_of(news: News, kind: Kind) -> QuerySet[User, Any]:
    """Return who is to be told, each once, with their choice: `in_app` and `mail`. Never who caused it."""
    people = User.objects.filter(pk__in=news.people.order_by().values("pk"), is_active=True)
    if news.by_id is not None:
        people = people.exclude(pk=news.by_id)
    if kind.is_owed:
        always = Value(True, BooleanField())  # noqa: FBT003
        told = people.annotate(in_app=always, mail=Value(Channel.MAIL.value, CharField()))
        return told.values("id", "in_app", "mail")
    return _as_chosen(people, news, kind)


def _as_chosen(people: QuerySet[User], news: News, kind: Kind) -> QuerySet[User, Any]:
    topics = {without_strand(news.subject), *news.about}
    if news.by_id is not None:
        topics.add(f"person:{news.by_id}")
    muted = Follow.objects.filter(user=OuterRef("pk"), level=Level.MUTED, subject__in=sorted(topics))
    chosen = Choice.objects.filter(user=OuterRef("pk"), kind=kind.code)
    for topic in topics:
        noun, pk = split(topic)
        if noun in keepings():
            people = people.exclude(pk__in=keepings()[noun].muting(pk).values("pk"))
    told = people.exclude(Exists(muted)).annotate(
        in_app=Coalesce(Subquery(chosen.values("in_app")), Value(kind.in_app), output_field=BooleanField()),
        mail=Coalesce(Subquery(chosen.values("mail")), Value(kind.mail), output_field=CharField()),
    )
    return told.exclude(in_app=False, mail="").values("id", "in_app", "mail")


def _write(sql: str, values: list[Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
