"""What two administrators do to an account: make one for staff, give a role, correct it, take its keys away, close it.

Nobody proposes or confirms a change of the own account, so that at least two administrators are always left. Whether
somebody enters the administration follows from the role: the flags are never set apart from it.
"""

from collections.abc import Callable

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, validate_email

from exclusions.actions.people.acts import ActBody, Carried, Facts, Ground, tell_person
from exclusions.actions.record.events import record_event
from exclusions.errors import Incomplete, WrongState
from exclusions.models import ApiToken, Assignment, User
from exclusions.workflow.roles import LED, STAFF, Role


def _lock(key: str) -> User:
    found = User.objects.select_for_update().filter(pk=int(key) if key.isascii() and key.isdigit() else 0)
    for user in found:
        return user
    raise WrongState("There is no such account.")


def _ground(user: User, summary: str, **basis: object) -> Ground:
    """Return what rests on an account as it stands, whichever of its columns the act is about."""
    usual: Facts = {
        "the name": user.full_name,
        "the address": user.email,
        "the role": user.role,
        "whether the account is open": user.is_active,
        "what the account may enter": [user.is_staff, user.is_superuser],
    }
    if user.leads:
        usual["whether it leads a team"] = True
    return Ground(summary, {**usual, **basis}, frozenset({user.pk}))


def _record(user: User, kind: str, carried: Carried, data: Facts | None = None) -> None:
    data = {**carried.data, **(data or {})}
    record_event(f"user:{user.pk}", kind, by=carried.by, at=carried.at, reason=carried.reason, data=data)


def _who(user: User) -> str:
    return f"{user} ({user.email})"


# ---- A new account, a role ----------------------------------------------------------------------------------------
def _role(facts: Facts, *, or_none: bool = False) -> str:
    role = str(facts.get("role", ""))
    if role not in {str(one) for one in STAFF} and not (or_none and not role):
        raise Incomplete(fields={"role": ["Choose a staff role."]})
    return role


def _new_address(facts: Facts, of: User | None = None) -> str:
    """Return an address that nobody else has, in small letters."""
    address = str(facts.get("email", "")).strip().lower()
    try:
        validate_email(address)
        MaxLengthValidator(254)(address)
    except ValidationError as wrong:
        raise Incomplete(fields={"email": ["Enter one e-mail address, like name@example.gov."]}) from wrong
    own = of.pk if of else 0
    taken = User.objects.filter(email__iexact=address).exclude(pk=own).exists()
    if taken or EmailAddress.objects.filter(email__iexact=address).exclude(user_id=own).exists():
        raise Incomplete(fields={"email": ["Another account has this address."]})
    return address


def _name(facts: Facts) -> str:
    name = " ".join(str(facts.get("full_name", "")).split())
    if not name or len(name) > 200:
        raise Incomplete(fields={"full_name": ["Enter first and last name, at most 200 characters."]})
    return name


def _ground_of_new(key: str, facts: Facts) -> Ground:
    """The event stands in the chain of the administrator who proposes it, until there is an account."""
    _lock(key)
    role, address, name = _role(facts), _new_address(facts), _name(facts)
    return Ground(f"Make an account for {name} ({address}) as {Role(role).label}", {})


def _new_staff(key: str, facts: Facts, carried: Carried) -> None:
    """Make the account, without a password: its address counts as confirmed, since two administrators vouch for it."""
    role, address = _role(facts), _new_address(facts)
    made = User.objects.create_user(
        address, None, full_name=_name(facts), role=role, date_joined=carried.at, **_flags(role)
    )
    EmailAddress.objects.create(user=made, email=address, verified=True, primary=True)
    _record(_lock(key), "new_staff", carried, {"user": made.pk, "role": role})
    _record(made, "new_staff", carried, {"user": made.pk, "role": role})
    what = f"It was made for you, as: {Role(role).label}. Open the last link below to choose a password, then sign in."
    tell_person(what, to=[address], at=carried.at)


def _flags(role: str) -> dict[str, bool]:
    return {"is_staff": role == Role.ADMIN, "is_superuser": role == Role.ADMIN}


def _ground_of_role(key: str, facts: Facts) -> Ground:
    user, role = _lock(key), _role(facts, or_none=True)
    if user.role == role and _flags(role) == {"is_staff": user.is_staff, "is_superuser": user.is_superuser}:
        raise WrongState(f"{user} has this role already.")
    if role and user.memberships.exists():
        raise WrongState(f"{user} belongs to an organization that files. Take the person out of it first.")
    words = Role(role).label if role else "no staff role"
    before = Role(user.role).label if user.role else "no staff role"
    return _ground(user, f"Give {_who(user)} another role: {words} instead of {before}")


def _change_role(key: str, facts: Facts, carried: Carried) -> None:
    """Give the role, with the flags that go with it; cases that the person held go back to the worklist."""
    user, role = _lock(key), _role(facts, or_none=True)
    before, user.role = user.role, role
    user.is_staff = user.is_superuser = role == Role.ADMIN
    user.leads = False
    user.save(update_fields=["role", "leads", "is_staff", "is_superuser"])
    Assignment.objects.filter(user=user, ended_at=None).update(ended_at=carried.at)
    _record(user, "change_staff_role", carried, {"from": before, "to": role})
    words = f"Your staff role is now: {Role(role).label}." if role else "You no longer have a staff role."
    tell_person(words, to=[user.email], at=carried.at)


def _ground_of_lead(key: str, facts: Facts) -> Ground:
    user, leads = _lock(key), facts.get("leads") == "yes"
    if user.role not in {str(one) for one in LED}:
        raise WrongState("Only a team that works cases has a lead. First give this person such a role.")
    if user.leads == leads:
        raise WrongState(f"{user} already {'leads the team' if leads else 'does not lead the team'}.")
    words = "Let {} lead the team" if leads else "Let {} lead the team no longer"
    return _ground(user, f"{words.format(_who(user))}: {Role(user.role).label}")


def _change_lead(key: str, facts: Facts, carried: Carried) -> None:
    """Give or take the lead of the role's team. Who leads records nothing, so that held cases go back."""
    user = _lock(key)
    user.leads = facts.get("leads") == "yes"
    user.save(update_fields=["leads"])
    Assignment.objects.filter(user=user, ended_at=None).update(ended_at=carried.at)
    _record(user, "change_lead", carried, {"leads": user.leads})
    what = "You lead the team of your role now." if user.leads else "You no longer lead the team of your role."
    tell_person(what, to=[user.email], at=carried.at)


# ---- Name and address ---------------------------------------------------------------------------------------------
def _ground_of_name(key: str, facts: Facts) -> Ground:
    user, name = _lock(key), _name(facts)
    if user.full_name == name:
        raise WrongState("This is the name already.")
    return _ground(user, f"Correct the name of {_who(user)}: {name}")


def _change_name(key: str, facts: Facts, carried: Carried) -> None:
    user = _lock(key)
    user.full_name = _name(facts)
    user.save(update_fields=["full_name"])
    _record(user, "change_name", carried)
    tell_person(f"The name on it is now: {user.full_name}.", to=[user.email], at=carried.at)


def _ground_of_address(key: str, facts: Facts) -> Ground:
    user = _lock(key)
    address = _new_address(facts, of=user)
    if user.email == address:
        raise WrongState("This is the address already.")
    return _ground(user, f"Change the address of {_who(user)}: {address}")


def _change_address(key: str, facts: Facts, carried: Carried) -> None:
    """Sign the person in by another address; both addresses get the message, and earlier ones open nothing."""
    user = _lock(key)
    before, address = user.email, _new_address(facts, of=user)
    EmailAddress.objects.filter(user=user).delete()
    EmailAddress.objects.create(user=user, email=address, verified=True, primary=True)
    user.email = address
    user.save(update_fields=["email"])
    _record(user, "change_address", carried)
    tell_person("You now sign in with another e-mail address.", to=[before, address], at=carried.at)


# ---- Keys ---------------------------------------------------------------------------------------------------------
def _ground_of_password(key: str, facts: Facts) -> Ground:
    user = _lock(key)
    if not user.has_usable_password():
        raise WrongState(f"{user} has no password. Choose a new one at the sign-in page.")
    return _ground(user, f"End the password of {_who(user)}")


def _reset_password(key: str, facts: Facts, carried: Carried) -> None:
    """End the password and every session. Nobody but the person ever knows the next one."""
    user = _lock(key)
    user.set_unusable_password()
    user.save(update_fields=["password"])
    _end_sessions(user)
    _record(user, "reset_password", carried)
    tell_person(
        "Its password was canceled. Open the last link below to choose another.", to=[user.email], at=carried.at
    )


def _ground_of_factor(key: str, facts: Facts) -> Ground:
    user = _lock(key)
    if not Authenticator.objects.filter(user=user).exists():
        raise WrongState(f"{user} has no second factor.")
    return _ground(user, f"End the second factors of {_who(user)}")


def _reset_factor(key: str, facts: Facts, carried: Carried) -> None:
    """Take away authenticator app, passkeys and recovery codes, and end every session."""
    user = _lock(key)
    Authenticator.objects.filter(user=user).delete()
    _end_sessions(user)
    _record(user, "reset_second_factor", carried)
    tell_person("Its second factors were removed. Set up a new one when you sign in.", to=[user.email], at=carried.at)


def _end_sessions(user: User) -> None:
    """End every session, and every token of a program: whoever learnt the one may have made the other."""
    ApiToken.objects.filter(user=user).delete()
    for session in UserSession.objects.filter(user=user):
        session.end()


# ---- Open and closed ----------------------------------------------------------------------------------------------
def _ground_of_openness(opens: bool) -> Callable[[str, Facts], Ground]:
    def ground(key: str, facts: Facts) -> Ground:
        user = _lock(key)
        if user.is_active == opens:
            raise WrongState(f"The account of {user} is already {'open' if opens else 'closed'}.")
        return _ground(user, f"{'Open' if opens else 'Close'} the account of {_who(user)}")

    return ground


def _set_openness(opens: bool) -> Callable[[str, Facts, Carried], None]:
    def do(key: str, facts: Facts, carried: Carried) -> None:
        user = _lock(key)
        user.is_active = opens
        user.save(update_fields=["is_active"])
        if not opens:
            _end_sessions(user)
            Assignment.objects.filter(user=user, ended_at=None).update(ended_at=carried.at)
        _record(user, "reactivate" if opens else "deactivate", carried)
        tell_person(f"It was {'opened again' if opens else 'closed'}.", to=[user.email], at=carried.at)

    return do


ACCOUNT_ACTS = {
    "new_staff": ActBody(_ground_of_new, _new_staff),
    "change_staff_role": ActBody(_ground_of_role, _change_role),
    "change_lead": ActBody(_ground_of_lead, _change_lead),
    "change_name": ActBody(_ground_of_name, _change_name),
    "change_address": ActBody(_ground_of_address, _change_address),
    "reset_password": ActBody(_ground_of_password, _reset_password),
    "reset_second_factor": ActBody(_ground_of_factor, _reset_factor),
    "deactivate": ActBody(_ground_of_openness(False), _set_openness(False)),
    "reactivate": ActBody(_ground_of_openness(True), _set_openness(True)),
}
