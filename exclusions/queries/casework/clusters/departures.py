"""Where a case departs from those it is drawn together with: it is then dealt with singly.

What most of them say, or have on record, is the measure; a case that says otherwise is named with what it says.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Count, Q

from exclusions import criteria
from exclusions.facts.forms import petition_form
from exclusions.models import Petition, Response
from exclusions.permissions.conclusions import AS_WORDS, DESKS, conclusions, sentence_case
from exclusions.permissions.leaks import sealed_answers
from exclusions.questionnaires.language.question import Kind, Question

CODED = frozenset({Kind.YES_NO, Kind.YES_NO_UNSURE, Kind.CHOICE})
# On these the answers are about the product, not about who asks: like goods have like ones.
OF_PRODUCT = ("availability", "strategic_importance", "administrability")
Departures = dict[UUID, list[str]]


def departures(petitions: Sequence[Petition], *, whole: bool) -> Departures:
    """Return, by key, why each of these cases is dealt with singly; those that go with the rest are not there.

    `petitions` in a fixed order, with versions and entries read. `whole`: whether confidential answers are compared,
    for somebody who may read them. Two statements of its own.
    """
    found: Departures = {}
    waiting, opposed = _responses(petitions)
    for petition in petitions:
        if waiting[petition.pk]:
            _add(found, petition, "A response to it waits to be posted.")
    _unlike(petitions, lambda case: bool(opposed[case.pk]), lambda case, said: _of_opposition(opposed[case.pk]), found)
    for question in coded_questions(petitions, whole=whole):
        _unlike(petitions, _answer_to(question), _words_for(question), found)
    _unlike(petitions, _results, lambda case, said: "Its findings differ from those of the other cases.", found)
    _unlike(petitions, _concluded, _of_conclusions, found)
    return found


def _add(found: Departures, petition: Petition, sentence: str) -> None:
    found.setdefault(petition.pk, []).append(sentence)


def _unlike(
    petitions: Sequence[Petition],
    of: Callable[[Petition], Hashable],
    sentence: Callable[[Petition, Any], str],
    found: Departures,
) -> None:
    """Name the cases for which something is not what it is for most; the first one's where no other is more common."""
    said = {petition.pk: of(petition) for petition in petitions}
    if len(set(said.values())) < 2:
        return
    usual = Counter(said.values()).most_common(1)[0][0]
    for petition in petitions:
        if said[petition.pk] != usual:
            _add(found, petition, sentence(petition, usual))


def _responses(petitions: Iterable[Petition]) -> tuple[Counter[UUID], Counter[UUID]]:
    """How many responses wait to be posted, and how many that are posted oppose; one statement."""
    status, oppose = Response.Status, Q(status=Response.Status.POSTED, position=Response.Position.OPPOSE)
    rows = Response.objects.filter(petition__in=[petition.pk for petition in petitions]).values("petition_id")
    counted = rows.annotate(waiting=Count("pk", filter=Q(status=status.SUBMITTED)), opposed=Count("pk", filter=oppose))
    waiting: Counter[UUID] = Counter()
    opposed: Counter[UUID] = Counter()
    for row in counted.order_by():
        waiting[row["petition_id"]], opposed[row["petition_id"]] = row["waiting"], row["opposed"]
    return waiting, opposed


def _of_opposition(number: int) -> str:
    if not number:
        return "Nobody opposes it. Others are opposed."
    return f"{number} posted response{'s oppose' if number > 1 else ' opposes'} it."


def coded_questions(petitions: Iterable[Petition], *, whole: bool) -> list[Question]:
    """Return the questions on the product that are answered by choosing, of the forms of these petitions."""
    keys = [key for name in OF_PRODUCT for key in criteria.get(name).evidence_keys]
    rounds = {petition.round_id: petition.round for petition in petitions}
    asked = {
        question.key: question
        for round_ in rounds.values()
        for question in petition_form(round_).questions
        if question.key in keys and question.kind in CODED and (whole or question.is_public)
    }
    return list(asked.values())


def answer_words(question: Question, answer: str) -> str:
    """Return a coded answer in words; a dash where there is none."""
    if question.kind is Kind.CHOICE:
        return next((choice.label for choice in question.choices if choice.value == answer), answer) or "–"
    return {"yes": "Yes", "no": "No", "unsure": "Not sure"}.get(answer, answer) or "–"


def _answer_to(question: Question) -> Callable[[Petition], str]:
    return lambda petition: str(sealed_answers(petition).get(question.key) or "")


def _words_for(question: Question) -> Callable[[Petition, str], str]:
    def unlike_answer(petition: Petition, usual: str) -> str:
        own = answer_words(question, _answer_to(question)(petition))
        return f"To “{question.label}” it says “{own}”, the others “{answer_words(question, usual)}”."

    return unlike_answer


def _results(petition: Petition) -> Hashable:
    made = sorted(petition.findings.all(), key=lambda row: (row.made_at, row.pk))
    return tuple(sorted({row.criterion: row.result for row in made}.items()))


def _concluded(petition: Petition) -> Hashable:
    return tuple((one.desk, one.outcome) for one in conclusions(petition).values())


def _of_conclusions(petition: Petition, usual: Any) -> str:
    last = list(conclusions(petition).values())
    if not last:
        return "No desk has concluded on it yet. On the others, one has."
    return (
        f"{sentence_case(DESKS[last[-1].desk])} concluded for {_outcome(last[-1].outcome)}. The others are not so far."
    )


def _outcome(outcome: str) -> str:
    return {str(key): words for key, words in AS_WORDS.items()}[outcome]


def contradictions(
    petitions: Sequence[Petition], *, whole: bool
) -> list[tuple[Question, Mapping[str, Sequence[Petition]]]]:
    """Return the coded questions to which these cases give unlike answers, with who says what, in words."""
    found: list[tuple[Question, Mapping[str, Sequence[Petition]]]] = []
    for question in coded_questions(petitions, whole=whole):
        said: dict[str, list[Petition]] = {}
        for petition in petitions:
            said.setdefault(answer_words(question, _answer_to(question)(petition)), []).append(petition)
        if len(said) > 1:
            found.append((question, said))
    return found
