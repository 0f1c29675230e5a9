"""What happens to accounts without a second person: from the shell, and by their owners. All of it is an event."""

from datetime import datetime

from django.db import transaction

from exclusions.actions.people.acts import tell_person
from exclusions.actions.record.events import notify, record_event
from exclusions.errors import WrongState
from exclusions.models import User
from exclusions.workflow.roles import Role

ENOUGH = 2  # administrators who can do everything else by themselves


def refuse_a_third_administrator() -> None:
    """Raise WrongState once there are two: they propose and confirm every further one."""
    if User.objects.filter(role=Role.ADMIN, is_active=True).count() >= ENOUGH:
        raise WrongState(
            f"There are {ENOUGH} administrators. They make further accounts: one proposes it, the other confirms it."
        )


def record_administrator(user: User, *, at: datetime) -> None:
    """Put on record that an administrator was made from the shell, and tell the others."""
    with transaction.atomic():
        record_event(f"user:{user.pk}", "made_administrator", by=None, at=at)
        others = User.objects.filter(role=Role.ADMIN, is_active=True).exclude(pk=user.pk).order_by("pk")
        what = f"{user} was made an administrator from the server’s shell, beside you."
        tell_person(what, to=others.values_list("email", flat=True), at=at)


def record_password_of_shell(user: User, *, at: datetime) -> None:
    """Put on record that a password was set from the shell, and tell its owner."""
    with transaction.atomic():
        record_event(f"user:{user.pk}", "set_password_from_shell", by=None, at=at)
        tell_person("Its password was set from the server’s shell.", to=[user.email], at=at)


def record_own_change(user: User, kind: str, *, at: datetime) -> None:
    """Put on record what somebody changed of the own account: `kind` names the password or second factor."""
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        record_event(f"user:{user.pk}", f"own_{kind}"[:40], by=user, at=at)


def tell_own_change(*, to: str, subject: str, text: str, at: datetime) -> None:
    """Put the account library's notice of such a change into the outbox; `text` is the whole mail, without a secret."""
    notify(to=to, template="own_account", subject=subject, context={"text": text}, at=at)
