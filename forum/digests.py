"""What the forum brings to digests: open questions that a person could answer."""

import datetime
from collections.abc import Iterator

from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Q, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from commons.notices.enums import Level
from commons.notices.kinds import Entry, Section, add_section
from commons.notices.models import Follow
from commons.people.models import User
from forum.models import TaggedThread
from forum.queries import threads_visible_to
from practices.models import FacetValue, TaggedSheet, Trial

MOST = 5


def questions_for_me(user: User, since: datetime.datetime, _until: datetime.datetime) -> Iterator[Entry]:
    """Yield new unanswered questions on what the person wrote of, tried or follows, then of their discipline.

    Never their own, nor one in which they wrote already.
    """
    terms = _known_terms(user)
    shared = Q(tagged_terms__tag__in=terms)
    questions = threads_visible_to(user).unanswered().filter(created_at__gte=since, merged_into=None)
    strange = questions.exclude(created_by=user).exclude(Exists(user.posts.filter(thread=OuterRef("pk"))))
    mine = FacetValue.objects.filter(sheet=OuterRef("sheet"), field="discipline", code__in=_disciplines(user))
    known = strange.annotate(
        shared=Count("tagged_terms", filter=shared),
        near=Case(When(Exists(mine), then=Value(1)), default=Value(0), output_field=IntegerField()),
    )
    ranked = known.filter(Q(shared__gt=0) | Q(near=1)).order_by("-shared", "-near", "-created_at")
    for thread in ranked[:MOST]:
        yield Entry(thread.title, thread.get_absolute_url(), _answered(thread.post_count - 1))


def _answered(count: int) -> str:
    if count == 0:
        return _("Sans réponse pour l’instant")
    return ngettext("%(count)d réponse pour l’instant", "%(count)d réponses pour l’instant", count) % {"count": count}


def _known_terms(user: User) -> list[int]:
    """Return the terms of what the person wrote, tried, followed or spoke of."""
    tried = Trial.objects.filter(by=user).values("sheet")
    of_sheets = TaggedSheet.objects.filter(Q(content_object__authors=user) | Q(content_object__in=tried))
    of_threads = TaggedThread.objects.filter(content_object__posts__author=user)
    followed = Follow.objects.filter(user=user, level=Level.FOLLOWED, subject__startswith="term:")
    keys = [subject.removeprefix("term:") for subject in followed.values_list("subject", flat=True)]
    found = {*of_sheets.values_list("tag_id", flat=True), *of_threads.values_list("tag_id", flat=True)}
    return sorted(found | {int(key) for key in keys})


def _disciplines(user: User) -> list[str]:
    return list(user.institution.disciplines) if user.institution else []


def register() -> None:
    """Let digests have this part."""
    add_section(Section("questions", gettext_lazy("Des questions auxquelles vous pourriez répondre"), questions_for_me))
