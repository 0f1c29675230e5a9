"""What each petition says of a statement on many: by the checks of the single form, with its own clock and values."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from exclusions.actions.filing.responses import NO_PETITION, CheckedResponse, check_for
from exclusions.errors import ActionRefused, Incomplete, Repeats, WrongState
from exclusions.facts.forms import response_form
from exclusions.hts import dotted
from exclusions.models import Petition, PublicPetition, Response, Round, User
from exclusions.permissions.submissions import responded, responded_already
from exclusions.queries.public.open_cases import public_cases
from exclusions.questionnaires.named_fields import (
    NUMBER,
    OF_RECORD,
    ORGANIZATION,
    PRODUCT,
    REFERENCE,
    columns_of,
    filled,
    unknown_fields,
    used_fields,
)

MOST = 500  # petitions of one statement
NONE = "List at least one petition: search for some, or paste their references."


@dataclass(frozen=True)
class Case:
    """One petition as the writer listed it: its reference, and its own values by the plain names of their columns."""

    reference: str
    own: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Judged:
    """The responses that may be taken in, in the order of the list, and why the other petitions take none."""

    ready: list[CheckedResponse]
    refused: dict[str, list[str]]
    public: Mapping[str, PublicPetition]


def judge(
    *,
    round: Round,
    cases: Sequence[Case],
    answers: Mapping[str, Any],
    stated_public: Collection[str] = (),
    by: User,
    at: datetime,
) -> Judged:
    """Return what each petition says of a statement. What is wrong for all of them is refused at once.

    Raises Incomplete for a list that is empty, too long, or names a petition twice, for columns and fields that lead
    nowhere, and for answers that are wrong for every petition; Repeats as the single form does.
    """
    _require_list(cases)
    form = response_form(round)
    columns = list(dict.fromkeys(name for case in cases for name in case.own))
    _require_columns(columns, set(columns_of(form)), used_fields(form, answers))
    if unknown := unknown_fields(form, answers, {*OF_RECORD, *columns}):
        raise Incomplete(fields=unknown)
    references = [case.reference for case in cases]
    public = public_cases(references)
    rows = Petition.objects.select_related("round").filter(reference__in=list(public))
    known = {str(petition.reference): petition for petition in rows}
    had = responded(known.values(), by, str(answers.get("org_legal_name", "")))
    judging = _Judging(round, answers, stated_public, at, used_fields(form, answers))
    for case in cases:
        judging.look_at(case, public.get(case.reference), known.get(case.reference), had)
    judging.require_sound()
    return Judged(judging.ready, judging.refused, public)


def _require_list(cases: Sequence[Case]) -> None:
    if not cases:
        raise Incomplete(fields={"cases": [NONE]})
    if len(cases) > MOST:
        raise Incomplete(
            fields={"cases": [f"List at most {MOST} petitions in one statement. You listed {len(cases)}."]}
        )
    references = [case.reference for case in cases]
    if twice := [one for one in dict.fromkeys(references) if references.count(one) > 1]:
        raise Incomplete(
            fields={"cases": [f"{', '.join(twice[:10])}: listed more than once. Leave one line for each petition."]}
        )


def _require_columns(columns: Iterable[str], answering: set[str], used: set[str]) -> None:
    """Raise Incomplete for a column with the name of a field of the record, and for one that nothing uses."""
    wrong = []
    for name in columns:
        if name in OF_RECORD:
            wrong.append(
                f"The column “{name}” is filled in from the public record. Remove it, or give it another name."
            )
        elif name not in answering and name not in used:
            wrong.append(f"Nothing uses the column “{name}”. Write {{{name}}} in a text, or remove the column.")
    if wrong:
        raise Incomplete(fields={"cases": wrong})


@dataclass
class _Judging:
    """One petition after another; the same flaw in all of them is a flaw of the statement."""

    round: Round
    answers: Mapping[str, Any]
    stated: Collection[str]
    at: datetime
    used: set[str]
    ready: list[CheckedResponse] = field(default_factory=list)
    refused: dict[str, list[str]] = field(default_factory=dict)
    _flaws: dict[str, Mapping[str, list[str]]] = field(default_factory=dict)
    _repeats: list[Repeats] = field(default_factory=list)

    def look_at(
        self, case: Case, public: PublicPetition | None, petition: Petition | None, had: Mapping[str, Response]
    ) -> None:
        """Judge one petition by what the public sees of it and by the checks of the single form."""
        try:
            if public is None or petition is None or public.round is None:
                raise WrongState(NO_PETITION)
            if public.round.slug != self.round.slug:
                raise WrongState(f"It is in another round: {public.round.title} ({public.round.docket}).")
            if case.reference in had:
                raise WrongState(responded_already(had[case.reference]))
            form, values = response_form(petition.round), {**record_of(public), **case.own}
            if empty := [name for name in case.own if not case.own[name] and name in self.used]:
                raise WrongState(f"Its column “{empty[0]}” is empty, and a text needs it.")
            answers = filled(form, self.answers, values)
            self.ready.append(check_for(petition, answers=answers, stated_public=self.stated, at=self.at))
        except Repeats as refused:
            self._repeats.append(refused)
        except ActionRefused as refused:
            self._refuse(case, refused)

    def _refuse(self, case: Case, refused: ActionRefused) -> None:
        if refused.fields:
            self._flaws[case.reference] = refused.fields
        self.refused[case.reference] = refused.sentences

    def require_sound(self) -> None:
        """Raise for what is wrong with the statement itself, whatever the petition."""
        if self._flaws and not self.ready and not self._repeats:
            first, *others = self._flaws.values()
            common = {
                key: [one for one in said if all(one in other.get(key, ()) for other in others)]
                for key, said in first.items()
            }
            if fields := {key: said for key, said in common.items() if said}:
                raise Incomplete(fields=fields)
        if self._repeats:
            raise _together(self._repeats)


def record_of(public: PublicPetition) -> dict[str, str]:
    """Return the values of the fields that the public record fills in."""
    return {
        REFERENCE: public.reference,
        PRODUCT: public.product_name,
        NUMBER: dotted(public.hts10),
        ORGANIZATION: public.organization_name,
    }


def _together(repeats: Sequence[Repeats]) -> Repeats:
    """Return one refusal that says and asks what all of these do, each sentence once."""
    fields: dict[str, list[str]] = {}
    asked: dict[str, str] = {}
    for one in repeats:
        asked |= one.asked
        for key, said in one.fields.items():
            fields[key] = list(dict.fromkeys([*fields.get(key, []), *said]))
    reasons = dict.fromkeys(sentence for one in repeats for sentence in one.reasons)
    plain = dict.fromkeys(sentence for one in repeats for sentence in one.plain)
    return Repeats(*reasons, fields=fields, plain=list(plain), asked=asked)
