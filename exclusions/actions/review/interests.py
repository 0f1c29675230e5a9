"""Interests of staff in companies: declared by the person or an administrator, and ended again, never deleted."""

from datetime import datetime

from django.db import transaction

from exclusions.actions.people.acts import tell_person
from exclusions.actions.record.disclosure_checks import look_through, require_reason
from exclusions.actions.record.events import record_event
from exclusions.errors import Incomplete, NotPermitted, WrongState
from exclusions.models import Assignment, Interest, NotThem, Organization, Petition, User
from exclusions.models.interest import LEGAL_SUFFIXES, spoken_name
from exclusions.queries.people.organizations import companies_named, still_named
from exclusions.workflow.roles import Role

MOST = 300  # characters
MOST_COMPANIES, SHOWN = 20, 3


def declare(*, user: User, name: str, nature: str, by: User, at: datetime) -> Interest:
    """Declare an interest of a staff member in a company and return it; the same one when it is declared already.

    From now on the person is barred from every case in which the company asks, files or responds; cases of that kind
    that were assigned to the person go back to the worklist. What cases that the person worked hold in confidence is
    not repeated. A name that no organization on file has ties the person to each company whose name holds it as whole
    words, legal suffixes aside. Raises NotPermitted, and Incomplete with fields: for a name that would tie the person
    to more than MOST_COMPANIES, too.
    """
    if not user.role:
        raise NotPermitted("Only staff declare interests.")
    _must_be_theirs(user, by)
    name, nature = name.strip(), nature.strip()
    missing = {
        field: [sentence]
        for field, text, sentence in (
            ("name", name, "Name the company."),
            ("nature", nature, "Say what the interest is."),
        )
        if not text or len(text) > MOST
    }
    if not missing and LEGAL_SUFFIXES.issuperset(spoken_name(name)):
        missing["name"] = ["Name the company: this says only what kind of company it is."]
    if missing:
        raise Incomplete(*(sentences[0] for sentences in missing.values()), fields=missing)
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        for case in Petition.objects.of_hand(user).select_related("round", "organization"):
            look_through("interest", case, {"name": name, "nature": nature}, by=by, at=at)
        known = Interest.objects.current().filter(user=user, name__iexact=name).order_by("declared_at").first()
        if known:
            return known
        found = Organization.objects.filter(legal_name__iexact=name).order_by("created_at").first()
        if found is None:
            _refuse_too_many(name)
        made = Interest.objects.create(
            user=user, organization=found, name=name, nature=nature, declared_at=at, declared_by=by
        )
        barred = Petition.objects.all().barred_keys(user)
        Assignment.objects.filter(user=user, ended_at=None, petition__in=barred).update(ended_at=at)
        record_event(f"user:{user.pk}", "declare_interest", by=by, at=at, data={"interest": made.pk})
        _tell(user, "An interest of yours was declared for you.", by=by, at=at)
    return made


def _refuse_too_many(name: str) -> None:
    companies = companies_named(name, MOST_COMPANIES + 1)
    if len(companies) > MOST_COMPANIES:
        first = ", ".join(companies[:SHOWN])
        sentence = (
            f"“{name}” is in the names of more than {MOST_COMPANIES} companies on file, such as {first}. Enter more of "
            "the name."
        )
        raise Incomplete.beside("name", sentence)


def record_not_them(interest: Interest, *, name: str, reason: str, by: User, at: datetime) -> NotThem:
    """Record that a company is not the one of an interest, though its name holds the same words; return the record.

    The person is then no longer kept from its cases. An administrator finds so, never whoever has the interest or
    declared it. Raises NotPermitted, Incomplete, and WrongState for an interest that ended or names a company on file.
    """
    if by.role != Role.ADMIN or by.pk in (interest.user_id, interest.declared_by_id):
        raise NotPermitted("Another administrator than whoever has or declared the interest says that.")
    require_reason(reason, "Say how you know that it is another company.")
    with transaction.atomic():
        User.objects.select_for_update().get(pk=interest.user_id)
        locked = Interest.objects.get(pk=interest.pk)
        if locked.ended_at or locked.organization_id:
            raise WrongState("This interest has ended, or it names a company on file: no other one is meant by it.")
        if name not in still_named(locked):
            sentence = f"“{name}” is no company on file that this interest names. Choose one of those shown."
            raise Incomplete.beside("name", sentence)
        made = NotThem.objects.create(
            interest=locked, name=name, reason=reason.strip()[:1000], recorded_by=by, recorded_at=at
        )
        data = {"interest": locked.pk, "not_them": made.pk}
        record_event(f"user:{locked.user_id}", "not_them", by=by, at=at, reason=reason.strip(), data=data)
        _tell(locked.user, "A company was found not to be the one of an interest of yours.", by=by, at=at)
    return made


def end(interest: Interest, *, by: User, at: datetime) -> Interest:
    """End an interest, and return it. Raises NotPermitted, and WrongState when it ended before."""
    _must_be_theirs(interest.user, by)
    with transaction.atomic():
        User.objects.select_for_update().get(pk=interest.user_id)
        locked = Interest.objects.get(pk=interest.pk)
        if locked.ended_at:
            raise WrongState("This interest has ended already.")
        locked.ended_at, locked.ended_by = at, by
        locked.save(update_fields=["ended_at", "ended_by"])
        record_event(f"user:{interest.user_id}", "end_interest", by=by, at=at, data={"interest": locked.pk})
        _tell(interest.user, "An interest of yours was ended for you.", by=by, at=at)
    return locked


def _tell(user: User, what: str, *, by: User, at: datetime) -> None:
    """Write to the person where somebody else did it."""
    if by.pk != user.pk:
        tell_person(what, to=[user.email], at=at)


def _must_be_theirs(user: User, by: User) -> None:
    if by.pk != user.pk and by.role != Role.ADMIN:
        raise NotPermitted("Only the person or an administrator can change interests.")
