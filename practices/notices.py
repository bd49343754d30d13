"""What the practices app tells people: what becomes of their sheets, and new sheets in what they follow."""

import datetime
from collections.abc import Iterator, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from commons.notices.enums import Channel
from commons.notices.kinds import Kind, News, Shown, Subject, add_kinds, add_subjects
from commons.notices.outbox import listen
from commons.notices.queries import followers_of
from commons.notices.words import name_of_writer, shortened
from commons.people.models import User
from commons.people.queries import curators_of
from practices.enums import EditorialState, Outcome
from practices.models import Collection, Decision, Proposal, Sheet, Trial, Version
from practices.queries import collections_visible_to, invitations_visible_to, sheets_visible_to, terms_visible_to
from practices.signals import (
    AuthorInvited,
    ChangeProposed,
    ProposalDecided,
    SheetDecided,
    SheetRated,
    SheetsCollected,
    TrialAdded,
    VersionPublished,
)

DECISION, TO_DECIDE, REVIEW = "decision", "to_decide", "review"
INVITATION, TRIAL, RATING, PROPOSAL, PROPOSAL_DECIDED = "invitation", "trial", "rating", "proposal", "proposal_decided"
FOLLOWED = "followed"


def subject_of(sheet_id: str) -> str:
    """Return how notices name a sheet."""
    return f"sheet:{sheet_id}"


def _sheets(user: Any, ids: Sequence[str]) -> dict[str, Shown]:
    rows = sheets_visible_to(user).filter(pk__in=ids).only("pk", "title")
    return {sheet.pk: Shown(sheet.title, sheet.get_absolute_url()) for sheet in rows}


def _collections(user: Any, ids: Sequence[str]) -> dict[str, Shown]:
    rows = collections_visible_to(user).filter(pk__in=ids)
    return {str(row.pk): Shown(row.title, row.get_absolute_url()) for row in rows}


def _terms(user: Any, ids: Sequence[str]) -> dict[str, Shown]:
    return {str(row.pk): Shown(row.name, row.get_absolute_url()) for row in terms_visible_to(user).filter(pk__in=ids)}


def _invitations(user: Any, ids: Sequence[str]) -> dict[str, Shown]:
    """Show an invitation to whom it is for: the title, and nothing else of a sheet that is not open to them yet."""
    rows = invitations_visible_to(user).filter(pk__in=ids)
    return {str(row.pk): Shown(row.sheet.content["title"], reverse("drafts")) for row in rows}


def _about(sheet: Sheet) -> tuple[str, ...]:
    network = (f"network:{sheet.network_id}",) if sheet.network_id else ()
    return (*network, *(f"term:{pk}" for pk in sheet.tagged_terms.values_list("tag_id", flat=True)))


def _to_authors(kind: str, sheet: Sheet, by_id: int | None, detail: object = "") -> News:
    return News(kind, subject_of(sheet.pk), sheet.authors.all(), by_id, str(detail), _about(sheet))


def _decisions(fact: SheetDecided) -> Iterator[News]:
    decision = Decision.objects.select_related("sheet").filter(pk=fact.decision_id).first()
    if decision is None:
        return
    sheet = decision.sheet
    if decision.to_state == EditorialState.SUBMITTED:
        yield News(TO_DECIDE, subject_of(sheet.pk), _deciders(sheet), fact.by_id, "", _about(sheet))
    else:
        is_due = decision.to_state == EditorialState.TO_REVIEW and fact.by_id is None
        yield _to_authors(REVIEW if is_due else DECISION, sheet, fact.by_id, decision.pk)


def _deciders(sheet: Sheet) -> Any:
    if sheet.network_id is None:
        return User.objects.filter(is_moderator=True)
    return curators_of(sheet.network_id)


def _invited(fact: AuthorInvited) -> Iterator[News]:
    people = User.objects.filter(invitations=fact.invitation_id)
    yield News(INVITATION, f"invitation:{fact.invitation_id}", people, fact.by_id)


def _trials(fact: TrialAdded) -> Iterator[News]:
    sheet = Sheet.objects.filter(pk=fact.sheet_id).first()
    if sheet is not None:
        yield _to_authors(TRIAL, sheet, fact.by_id, fact.trial_id)


def _ratings(fact: SheetRated) -> Iterator[News]:
    sheet = Sheet.objects.filter(pk=fact.sheet_id).first()
    if sheet is not None:
        yield _to_authors(RATING, sheet, fact.by_id)


def _proposals(fact: ChangeProposed) -> Iterator[News]:
    sheet = Sheet.objects.filter(pk=fact.sheet_id).first()
    if sheet is not None:
        yield _to_authors(PROPOSAL, sheet, fact.by_id, fact.proposal_id)


def _proposals_decided(fact: ProposalDecided) -> Iterator[News]:
    proposal = Proposal.objects.select_related("sheet").filter(pk=fact.proposal_id).first()
    if proposal is not None:
        people = User.objects.filter(pk__in=[proposal.by_id])
        yield News(PROPOSAL_DECIDED, subject_of(fact.sheet_id), people, fact.by_id, str(proposal.pk))


def _published(fact: VersionPublished) -> Iterator[News]:
    """Tell of a sheet once, when it enters the catalogue; to its authors that is no news."""
    version = Version.objects.select_related("sheet").filter(pk=fact.version_id, number=1).first()
    if version is not None:
        sheet, about = version.sheet, _about(version.sheet)
        people = followers_of(about).exclude(pk__in=sheet.authorships.values("user"))
        yield News(FOLLOWED, subject_of(sheet.pk), people, fact.by_id, "", about)


def _collected(fact: SheetsCollected) -> Iterator[News]:
    collection = Collection.objects.filter(pk=fact.collection_id).first()
    if collection is not None:
        subject = f"collection:{collection.pk}"
        about = (f"network:{collection.network_id}",)
        yield News(FOLLOWED, subject, followers_of([subject]), fact.by_id, "", about)


def _said_decision(notice: Any, title: str) -> str:
    decision = Decision.objects.filter(pk=notice.detail).first()
    state = decision.get_to_state_display() if decision is not None else ""
    return _("Votre fiche « %(title)s » est maintenant : %(state)s") % {"title": title, "state": state}


def _reason(notice: Any, _since: datetime.datetime | None) -> str:
    decision = Decision.objects.filter(pk=notice.detail).first()
    return decision.reason if decision is not None else ""


def _said_trial(notice: Any, title: str) -> str:
    if notice.count > 1:
        return _("%(count)d nouveaux essais de « %(title)s »") % {"count": notice.count, "title": title}
    trial = Trial.objects.filter(pk=notice.detail).first()
    house = trial.house.get("name", "") if trial is not None else ""
    return _("%(house)s a essayé « %(title)s »") % {"house": house or _("Une maison"), "title": title}


def _trial_text(notice: Any, _since: datetime.datetime | None) -> str:
    trial = Trial.objects.filter(pk=notice.detail).first()
    return "\n\n".join(part for part in (str(Outcome(trial.outcome).label), trial.changed) if part) if trial else ""


def _said_rating(notice: Any, title: str) -> str:
    return ngettext(
        "%(count)d nouvelle note sur « %(title)s »", "%(count)d nouvelles notes sur « %(title)s »", notice.count
    ) % {"count": notice.count, "title": title}


def _said_proposal(notice: Any, title: str) -> str:
    return _("%(name)s propose un changement à « %(title)s »") % {"name": name_of_writer(notice.by), "title": title}


def _proposal_text(notice: Any, _since: datetime.datetime | None) -> str:
    proposal = Proposal.objects.filter(pk=notice.detail).first()
    return shortened(proposal.word or proposal.reason) if proposal is not None else ""


def _said_proposal_decided(notice: Any, title: str) -> str:
    proposal = Proposal.objects.filter(pk=notice.detail).first()
    state = proposal.get_state_display() if proposal is not None else ""
    return _("Votre proposition pour « %(title)s » : %(state)s") % {"title": title, "state": state}


def _proposal_page(notice: Any, _url: str) -> str:
    return reverse("proposal", args=[notice.object_id, notice.detail])


def _said_invitation(notice: Any, title: str) -> str:
    words = _("%(name)s vous invite à écrire à plusieurs la fiche « %(title)s »")
    return words % {"name": name_of_writer(notice.by), "title": title}


def _invitation_text(_notice: Any, _since: datetime.datetime | None) -> str:
    return _("Acceptez ou déclinez ; d’ici là, votre nom ne paraît nulle part.")


def _said_to_decide(_notice: Any, title: str) -> str:
    return _("Une fiche attend votre décision : « %(title)s »") % {"title": title}


def _said_review(_notice: Any, title: str) -> str:
    return _("« %(title)s » est-elle encore juste ?") % {"title": title}


def _said_followed(notice: Any, title: str) -> str:
    words = {
        "sheet": _("Nouvelle fiche dans ce que vous suivez : « %(title)s »"),
        "thread": _("Nouvelle discussion dans ce que vous suivez : « %(title)s »"),
        "collection": _("De nouvelles fiches dans la collection « %(title)s »"),
    }
    return words[notice.noun] % {"title": title}


def _is_waiting(notice: Any) -> bool:
    return Sheet.objects.filter(pk=notice.object_id, editorial_state=EditorialState.SUBMITTED).exists()


def _is_due(notice: Any) -> bool:
    return Sheet.objects.filter(pk=notice.object_id, editorial_state=EditorialState.TO_REVIEW).exists()


KINDS = (
    Kind(DECISION, gettext_lazy("Une décision sur ma fiche"), _said_decision, weight=3, body=_reason),
    Kind(
        TO_DECIDE,
        gettext_lazy("Une fiche à relire dans mon réseau"),
        _said_to_decide,
        mail=Channel.DAILY,
        holds=_is_waiting,
        url=lambda notice, _url: reverse("sheet_decide", args=[notice.object_id]),
    ),
    Kind(INVITATION, gettext_lazy("On m’invite à écrire une fiche"), _said_invitation, body=_invitation_text),
    Kind(REVIEW, gettext_lazy("Ma fiche est à vérifier"), _said_review, weight=1, holds=_is_due),
    Kind(
        TRIAL,
        gettext_lazy("Une maison a essayé ma fiche"),
        _said_trial,
        weight=2,
        body=_trial_text,
        url=lambda notice, url: f"{url}#essai-{notice.detail}",
    ),
    Kind(RATING, gettext_lazy("Ma fiche a une nouvelle note"), _said_rating, mail=Channel.WEEKLY),
    Kind(
        PROPOSAL,
        gettext_lazy("On propose un changement à ma fiche"),
        _said_proposal,
        weight=2,
        body=_proposal_text,
        url=_proposal_page,
    ),
    Kind(
        PROPOSAL_DECIDED,
        gettext_lazy("Ma proposition a une réponse"),
        _said_proposal_decided,
        weight=1,
        body=_proposal_text,
        url=_proposal_page,
    ),
    Kind(
        FOLLOWED,
        gettext_lazy("Du nouveau dans les mots-clés, réseaux et collections que je suis"),
        _said_followed,
        mail=Channel.WEEKLY,
    ),
)


def register() -> None:
    """Make the facts of sheets known to whom they concern."""
    add_subjects(
        Subject("sheet", gettext_lazy("Fiche"), _sheets),
        Subject("invitation", gettext_lazy("Invitation"), _invitations),
        Subject("collection", gettext_lazy("Collection"), _collections),
        Subject("term", gettext_lazy("Mot-clé"), _terms),
    )
    add_kinds(*KINDS)
    listen(SheetDecided, _decisions)
    listen(AuthorInvited, _invited)
    listen(TrialAdded, _trials)
    listen(SheetRated, _ratings)
    listen(ChangeProposed, _proposals)
    listen(ProposalDecided, _proposals_decided)
    listen(VersionPublished, _published)
    listen(SheetsCollected, _collected)
