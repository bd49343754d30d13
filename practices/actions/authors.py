"""Writes who writes a sheet: nobody becomes its author without having agreed."""

from django.db import transaction
from django.utils.translation import gettext as _

from commons.bus import publish
from commons.errors import Conflict, Invalid, NotFound
from commons.people.models import User
from commons.permissions import require
from practices.actions.sheets import locked_sheet
from practices.models import Authorship, Invitation, Sheet
from practices.signals import AuthorInvited, SheetChanged


@transaction.atomic
def invite_author(*, by: User, sheet: Sheet, user: User, role: str = "") -> Invitation:
    """Ask a person to write the sheet too; asking again changes their role. They are told, once.

    Until they accept, nothing of the sheet is open to them but its title, and nothing names them. Refuses
    (`Conflict`) somebody who is an author already.
    """
    locked = locked_sheet(by=by, sheet=sheet, permission="practices.change_sheet")
    if locked.authorships.filter(user=user).exists():
        raise Conflict(_("Cette personne écrit déjà cette fiche."), code="is_author")
    invitation, is_new = Invitation.objects.update_or_create(
        sheet=locked, user=user, defaults={"role": role}, create_defaults={"role": role, "by": by}
    )
    if is_new:
        publish(AuthorInvited(invitation.pk, locked.pk, by.pk))
    return invitation


@transaction.atomic
def accept_invitation(*, by: User, invitation: Invitation) -> Authorship:
    """Become an author; the name is shown only where the person agreed to be credited (in their profile)."""
    locked = _answered(by=by, invitation=invitation)
    authorship, _is_new = Authorship.objects.get_or_create(
        sheet=locked.sheet, user=by, defaults={"role": locked.role, "is_credited": by.is_credited}
    )
    locked.delete()
    publish(SheetChanged(locked.sheet_id))
    return authorship


@transaction.atomic
def decline_invitation(*, by: User, invitation: Invitation) -> None:
    """Say no: the invitation goes, and nothing of it is kept."""
    _answered(by=by, invitation=invitation).delete()


def _answered(*, by: User, invitation: Invitation) -> Invitation:
    """Return the invitation, locked; to anybody else than whom it is for, and once answered, it is not there."""
    locked = Invitation.objects.select_for_update(of=("self",)).select_related("sheet").filter(pk=invitation.pk).first()
    if locked is None:
        raise NotFound
    require(by, "practices.answer_invitation", locked, see="practices.answer_invitation")
    return locked


@transaction.atomic
def withdraw_invitation(*, by: User, invitation: Invitation) -> None:
    """Ask no longer; nothing happens when the person has answered meanwhile."""
    locked = locked_sheet(by=by, sheet=invitation.sheet, permission="practices.change_sheet")
    locked.invitations.filter(pk=invitation.pk).delete()


@transaction.atomic
def remove_author(*, by: User, sheet: Sheet, user: User) -> None:
    """Take a person's hand off the sheet; the last author stays."""
    locked = locked_sheet(by=by, sheet=sheet, permission="practices.change_sheet")
    if list(locked.authorships.values_list("user_id", flat=True)) == [user.pk]:
        raise Invalid({"": [_("Une fiche garde au moins une personne pour l’écrire.")]}, code="last_author")
    locked.authorships.filter(user=user).delete()
    publish(SheetChanged(sheet.pk))
