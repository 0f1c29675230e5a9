"""Writing a round: in place until a petition is filed in it, and from then on as another version, on record.

A petition is judged by the version that it was filed under. Drafts follow to the new version, and their owners are
told; nothing of a petition that was filed moves, but where its version names what nobody knows and can judge nothing.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from dataclasses import fields as fields_of
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Choices

from exclusions import criteria, questionnaires
from exclusions.actions.record.addresses import page_address
from exclusions.actions.record.events import notify_all, record_event
from exclusions.errors import Incomplete, NotPermitted
from exclusions.facts.forms import faults_of, made_keys
from exclusions.gateways.tariff import rounds_file
from exclusions.gateways.tariff.rounds_file import RoundRow
from exclusions.models import Petition, PublicPetition, ReferenceSequence, Round, TariffAction, User
from exclusions.models.guards import MOVED_BY_ORDER
from exclusions.queries.record.rounds import is_frozen
from exclusions.workflow.roles import Role
from exclusions.workflow.states import CLOSED, Status

_NOT_COLUMNS = {"slug", "actions", "opens_days_ago", "closes_in_days"}
COLUMNS = [each.name for each in fields_of(RoundRow) if each.name not in _NOT_COLUMNS]
WINDOW = ("opens_at", "closes_at")
# What says until when people may file, respond and reply.
DAYS = (*WINDOW, "day_unit", "roll_rule", "response_days", "reply_days_after_close", "reply_days_after_response")
_BY_ORDER = "cannot be changed here: a petition was filed in the round. Extend the window by an order instead."
_DRAFTS = "A draft follows the new rules: read its check page before you certify."
_BY_TWO = (
    "is changed by two administrators once the round is open. Propose it on the page of the round, under “Change the "
    "dates”."
)
_OPEN_AT_ONCE = (
    "is past, so that the round would be open at once. Choose a later day, or propose the round to a second "
    "administrator: on the page of its list, under “Propose a round”."
)
_FIXED = "stays as it is: a petition was filed in the round. Make another round."


@dataclass(frozen=True)
class Change:
    """What a round is to be: its columns by name, the codes of its lists, and why and by which authority.

    `by_two`: a second administrator has confirmed it.
    """

    slug: str
    wanted: Mapping[str, Any]
    lists: Collection[str]
    reason: str = ""
    authority: str = ""
    by_two: bool = False
    file: Mapping[str, str] = field(default_factory=dict)  # name and SHA-256, where a file is loaded


def subject_of(round: Round) -> str:
    """Return the name of a round's event chain, of all its versions."""
    return f"round:{round.slug}"[:60]


def refuse_unless_administrator(by: User | None) -> None:
    """Raise NotPermitted for a person who keeps no rounds, forms and lists; nobody is a file that is loaded."""
    if by is not None and by.role != Role.ADMIN:
        raise NotPermitted("Only an administrator makes and changes rounds, forms and lists.")


def vocabulary() -> dict[str, set[str]]:
    """Return the words that each key of a round may take, made forms included."""
    words: dict[str, type[Choices]] = {
        "kind": Round.Kind,
        "day_unit": Round.DayUnit,
        "roll_rule": Round.Roll,
        "retroactive_rule": Round.Retroactive,
        "term_rule": Round.TermRule,
    }
    forms = set(questionnaires.KEYS)
    return {
        **{key: set(choices.values) for key, choices in words.items()},
        "questionnaire": forms | set(made_keys()),
        "response_questionnaire": forms | {""},
        "reply_questionnaire": forms | {""},
        "criteria": set(criteria.KEYS),
        "actions": set(TariffAction.objects.values_list("code", flat=True)),
    }


def write_round(current: Round | None, change: Change, *, by: User | None, at: datetime) -> tuple[Round, str]:
    """Write a round, new where `current` is None; return the version in force and "added", "changed" or "same".

    `by` is an administrator, or nobody where a file is loaded: NotPermitted for others.
    Raises Incomplete with a sentence a field for what a round cannot be, for a window or docket of a round in which a
    petition was filed, for a change of such a round without a reason, and for what one administrator does not do
    alone: days of a round that has opened, and a new round that is open at once. Then nothing is written.
    """
    refuse_unless_administrator(by)
    refuse_mistakes(change)
    with transaction.atomic():
        if current is None:
            _refuse_open_by_one(change, by, at)
            return _add(change, by, at), "added"
        (locked,) = Round.objects.select_for_update().filter(pk=current.pk)
        if locked.superseded_at is not None:
            raise Incomplete("Someone made a newer version meanwhile. Open the version in force and change that.")
        # A first filing takes its number from here, and so waits until the round is written.
        ReferenceSequence.objects.select_for_update().get_or_create(docket=locked.docket)
        changed = _changed(locked, change)
        if not changed:
            return locked, "same"
        _refuse_days_by_one(locked, change, changed, by, at)
        if is_frozen(locked):
            return _supersede(locked, change, changed, by, at), "changed"
        _put(locked, change, by)
        data = {"fields": changed, **change.file}
        record_event(subject_of(locked), "round_changed", by=by, at=at, data=data, reason=change.reason)
        tell_owners(locked, f"{locked.title}: the rules of the round changed", _DRAFTS, at=at, url=_page(locked))
    return locked, "changed"


def refuse_mistakes(change: Change) -> None:
    """Raise Incomplete with a sentence a field for what a round cannot be."""
    # A choice of a table is a text of its own kind; a file's are plain.
    plain = {key: str(value) if isinstance(value, str) else value for key, value in change.wanted.items()}
    table = {key: value for key, value in plain.items() if value is not None}
    table |= {"slug": change.slug, "actions": list(change.lists), "heading": _dotted(str(table.get("heading", "")))}
    found = rounds_file.mistakes(table, vocabulary())
    if not found and (faults := faults_of(Round(**change.wanted))):
        found = [("purchase_periods", sentence) for sentence in faults]
    if found:
        fields: dict[str, list[str]] = {}
        for key, sentence in found:
            fields.setdefault(key, []).append(sentence)
        raise Incomplete(*(f"{key}: {sentence}" for key, sentence in found), fields=fields)


def _refuse_days_by_one(round: Round, change: Change, changed: Collection[str], by: User | None, at: datetime) -> None:
    """Raise Incomplete where one person alone would change the days of a round that has opened."""
    days = [name for name in DAYS if name in changed]
    if by is None or change.by_two or not days or at < round.opens_at:
        return
    raise Incomplete(*(f"{name}: {_BY_TWO}" for name in days), fields={name: [_BY_TWO] for name in days})


def _refuse_open_by_one(change: Change, by: User | None, at: datetime) -> None:
    """Raise Incomplete where one person alone would make a round that is open from then on."""
    if by is not None and not change.by_two and change.wanted["opens_at"] <= at:
        raise Incomplete(f"opens_at: {_OPEN_AT_ONCE}", fields={"opens_at": [_OPEN_AT_ONCE]})


def _dotted(heading: str) -> str:
    return f"{heading[:4]}.{heading[4:6]}.{heading[6:]}" if len(heading) == 8 and heading.isdecimal() else heading


def _changed(round: Round, change: Change) -> list[str]:
    """Return the names of what would change."""
    found = [name for name, value in change.wanted.items() if getattr(round, name) != value]
    if set(round.actions.values_list("code", flat=True)) != set(change.lists):
        found.append("actions")
    return found


def _add(change: Change, by: User | None, at: datetime) -> Round:
    for name, value in (("slug", change.slug), ("docket", change.wanted["docket"])):
        if Round.objects.filter(**{name: value}).exists():
            raise Incomplete(fields={name: [f"“{value}” belongs to another round. Choose another."]})
    made = Round(slug=change.slug, made_at=at, authority=change.authority, reason=change.reason)
    _put(made, change, by)
    data = {"version": 1, **change.file}
    record_event(subject_of(made), "round_made", by=by, at=at, data=data, reason=change.reason)
    return made


def _put(round: Round, change: Change, by: User | None) -> None:
    for name, value in change.wanted.items():
        setattr(round, name, value)
    round._history_user = by  # type: ignore[attr-defined]  # where simple-history looks for who did it
    round.save()
    round.actions.set(TariffAction.objects.filter(code__in=change.lists))


def _supersede(old: Round, change: Change, changed: list[str], by: User | None, at: datetime) -> Round:
    """Make the next version of a frozen round, to which its drafts move."""
    fields = {name: [_BY_ORDER] for name in WINDOW if name in changed}
    fields |= {name: [_FIXED] for name in ("docket", "is_demo") if name in changed}
    if by is not None and not change.reason.strip():
        fields["reason"] = ["Give the reason of the change. The page of the round's versions shows it."]
    if fields:
        raise Incomplete(*(f"{key}: {said[0]}" for key, said in fields.items()), fields=fields)
    old.superseded_at = at
    old.save(update_fields=["superseded_at"])
    kept = {each.attname: getattr(old, each.attname) for each in Round._meta.local_concrete_fields}
    kept |= {"id": None, "version": old.version + 1, "made_at": at}
    kept |= {"authority": change.authority.strip(), "reason": change.reason.strip(), "superseded_at": None}
    new = Round(**kept)
    _put(new, change, by)
    data = {"version": new.version, "fields": changed, **change.file}
    record_event(subject_of(new), "round_version", by=by, at=at, data=data, reason=change.reason.strip())
    following = Petition.objects.filter(round=old)
    if faults_of(old):  # nothing could be judged under it: what was filed goes on under what can
        PublicPetition.objects.filter(round=old).update(round=new)
    else:
        following = following.filter(status=Status.DRAFT)
    following.update(round=new)
    tell_owners(
        new,
        f"{new.title}: the rules of the round changed",
        f"Petitions that were filed keep the rules that they were filed under. {_DRAFTS}",
        at=at,
        url=_page(new),
    )
    return new


def _page(round: Round) -> str:
    return page_address("round-versions", round.slug)


def tell_owners(round: Round, title: str, text: str, *, at: datetime, url: str = "") -> None:
    """Tell those whose petition in the round is not yet decided what was changed about it."""
    open_ones = Petition.objects.filter(round__slug=round.slug).exclude(status__in=CLOSED)
    notify_all(
        to=open_ones.order_by("filed_by__email").values_list("filed_by__email", flat=True),
        template="round_changed",
        subject=title,
        context={"round": round.title, "docket": round.docket, "text": text, "url": url},
        at=at,
    )


def moved_state(round: Round) -> dict[str, date | datetime | bool | None]:
    """Return what an order moves, as it stands on a round."""
    return {name: getattr(round, name) for name in MOVED_BY_ORDER}
