"""What a determination stands on: the action it concerns, the product it names, the findings as they are now."""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import Any

from django.db.models import Case, Q, Value, When

from exclusions import criteria
from exclusions.facts.coverage import coverage
from exclusions.facts.filing_day import filing_day
from exclusions.facts.rounds import covers
from exclusions.gateways.tariff.exclusion_item import product_key
from exclusions.models import Exclusion, ExclusionText, Outcome, Petition, TariffAction
from exclusions.permissions.arguments.marked import answered, arguments_of, findings_now, last_answer
from exclusions.permissions.conclusions import (
    AS_WORDS,
    DESKS,
    LEVEL1,
    SIGNATORY,
    adverse,
    conclusions,
    departs_from,
    sentence_case,
    without_criterion,
)
from exclusions.permissions.likes.cited import REFERENCE, Cited
from exclusions.permissions.likes.groups import LikeGroup, decided_likes
from exclusions.permissions.likes.recommended import RESULT
from exclusions.permissions.likes.settled import Said, own_words, their_words
from exclusions.queries.casework.case.passages import Passage, cited, passages_of
from exclusions.workflow.outcomes import opposed
from exclusions.workflow.states import DECIDED

NO_SUMMARY = "Given in confidence; there is no public summary."


def findings_snapshot(petition: Petition, known: Mapping[str, Passage] | None = None) -> list[dict[str, Any]]:
    """Return the current findings as a decision keeps them: public words only, never a confidential note.

    `citations` are the words of what is cited and public, `cites` the same by its keys: the passages themselves are
    printed as the public side has them on the day of printing. `known` are the public passages, where they were read.
    """
    known = passages_of(petition, whole=False) if known is None else known
    latest = {row.criterion: row for row in sorted(petition.findings.all(), key=attrgetter("made_at", "pk"))}
    current = [(key, latest[key]) for key in petition.round.criteria if key in latest]
    found = [(key, finding, cited(known, finding.citations)) for key, finding in current]
    return [
        {
            "criterion": key,
            "title": criteria.get(key).title,
            "result": finding.result,
            "result_label": criteria.RESULTS[finding.result],
            "reasons": finding.reasons,
            "citations": [passage.words for passage in passages],
            "cites": [passage.citation for passage in passages],
        }
        for key, finding, passages in found
    ]


def explanations(
    petition: Petition, outcome: Outcome, data: Mapping[str, Any], apart: Sequence["SetApart"]
) -> list[dict[str, Any]]:
    """Return what a decision says beside rationale and findings, as it is kept and published.

    Why each desk departed from the one before, the signatory (`departure`) last; what sets it `apart` from like cases;
    the `facts` behind codes to which no criterion leads; what outweighs findings that are `adverse` to a grant.
    """
    made = conclusions(petition)
    found: list[dict[str, Any]] = []
    said = [(one.desk, one.outcome, one.departure) for one in made.values() if one.desk != LEVEL1]
    for desk, concluded, departure in [*said, (SIGNATORY, outcome, str(data.get("departure") or ""))]:
        other = departs_from(desk, concluded, made)
        if other and departure.strip():
            title = f"{sentence_case(DESKS[desk])} departs from {DESKS[other.desk]}"
            instead = f"{AS_WORDS[Outcome(concluded)]} instead of {AS_WORDS[Outcome(other.outcome)]}"
            found.append(_explanation(desk, title, sentence_case(instead), departure))
    found += [
        _explanation(one.key, one.title, one.words, one.reasons) | {"quotes": [what.as_row for what in one.quotes]}
        for one in apart
    ]
    facts, against = str(data.get("facts") or ""), str(data.get("adverse") or "")
    if facts.strip():
        codes = ", ".join(without_criterion(petition, data.get("denial_codes") or []))
        found.append(_explanation("facts", f"Fact behind {codes}", "Stated for this decision", facts))
    if outcome == Outcome.IN_PART:
        codes = ", ".join(data.get("narrowing_codes") or [])
        proposed = f"{codes}; proposed by: {criteria.PROPOSERS[str(data['proposed_by'])]}"
        found.append(_explanation("narrowing", "Why less is granted than was asked", proposed, str(data["narrowing"])))
    if against.strip():
        titles = ", ".join(adverse(petition))
        found.append(_explanation("adverse", "Granted against adverse findings", titles, against))
    return found + arguments_answered(petition, outcome)


APART, DEPARTS = "What sets it apart from like cases", "Why it departs from an earlier decision"
THEIRS = "What sets like cases apart from it"
_CONFIRMED = "confirmed by the Office of General Counsel and the signatory"
MOST_QUOTED = 4  # passages that are quoted of what one sentence cites


@dataclass(frozen=True)
class SetApart:
    """One sentence about like cases that are decided otherwise, as a decision says it.

    `words` name the cases and what is cited, `quotes` are the first citations themselves, `live` the petitions filed
    here among the cases.
    """

    key: str
    title: str
    words: str
    reasons: str
    quotes: tuple[Cited, ...]
    live: tuple[str, ...]


def distinctions(petition: Petition, outcome: Outcome) -> list[SetApart]:
    """Return what sets the petition apart from decided like cases with another result than it gets, a row a sentence.

    Each with what it cites. Cases that are not decided are named nowhere. The sentences are those of the last
    consistency review, which may answer several groups each, then those that the record of a like case says of this
    one.
    """
    review = max(petition.consistency_reviews.all(), key=attrgetter("made_at", "pk"), default=None)
    said = Said.in_likes(review.likes if review else ())
    decided = [group for group in decided_likes(petition) if opposed(group.outcome, RESULT[outcome])]
    own = {name: own_words(said, group, name) for group in decided for name in group.references}
    asked = {name: group for group in decided for name in group.references if not own[name]}
    theirs = their_words(petition, asked) if asked else {}
    public = {str(petition.reference), *own}
    apart = {name: one for name, one in own.items() if one and not one.departs}
    departs = {name: one for name, one in own.items() if one and one.departs}
    rows = [(title, one) for title, of in ((APART, apart), (DEPARTS, departs), (THEIRS, theirs))
            for one in _by_sentence(decided, of, public)]  # fmt: skip
    return [
        replace(one, key=f"consistency-{number}", title=title, reasons=_naming_decided_cases(one.reasons, public))
        for number, (title, one) in enumerate(rows, 1)
    ]


def _naming_decided_cases(words: str, public: Set[str]) -> str:
    """Return a sentence without the references of cases that are not decided: it may have been written of such, too."""
    named = set(REFERENCE.findall(words)) - public
    rows = Petition.objects.filter(reference__in=named).exclude(status__in=DECIDED) if named else ()
    for name in sorted(str(row.reference) for row in rows):
        words = words.replace(name, "a case that is not decided")
    return words


def _by_sentence(groups: Iterable[LikeGroup], said: Mapping[str, Said], public: Set[str]) -> list[SetApart]:
    """Return each sentence once, after the cases, group by group, that it is about, and what of these it cites."""
    found: dict[str, list[str]] = {}
    cites: dict[str, list[Cited]] = {}
    live: dict[str, list[str]] = {}
    for group in groups:
        names: dict[str, list[str]] = {}
        for name in group.references:
            if one := said.get(name):
                names.setdefault(one.words, []).append(name)
                cites.setdefault(one.words, []).extend(what for what in one.cites if what.reference in public)
                live.setdefault(one.words, []).extend([name] if name in group.live else [])
        for words, those in names.items():
            of = replace(group, references=tuple(those))
            found.setdefault(words, []).append(f"{of.label} ({of.summary})")
    departing = {one.words for one in said.values() if one.departs}
    rows = []
    for words, cases in found.items():
        told = tuple(dict.fromkeys(cites[words]))
        about = [*cases, *([_CONFIRMED] if words in departing else []), *(what.in_public for what in told)]
        rows.append(SetApart("", "", "; ".join(about), words, told[:MOST_QUOTED], tuple(live[words])))
    return rows


def arguments_answered(petition: Petition, outcome: Outcome) -> list[dict[str, str]]:
    """Return each argument against the result, who made it and what answers it, as it is published.

    Of one that was given in confidence the public reads the public summary of its text alone. `cites` is the text in
    which it stands: where that is taken down, its words go with it.
    """
    findings, rows = findings_now(petition), []
    for number, (text, row) in enumerate(arguments_of(petition).against(outcome), 1):
        said = answered(row, findings)
        title = f"Argument of {text.author} ({text.title})"
        own = row.words if not text.confidential else text.summary or NO_SUMMARY
        last = last_answer(row)
        why = said.reasons if last else f"{said.words}. See the reasons of that finding."
        if last is not None and last.standing is not None:  # cited by its number, so that it is found among the others
            why = f"{said.words}: {said.reasons}"
        cites = {"cites": text.summed_up if text.confidential else text.thing, "within": text.whole}
        rows.append(_explanation(f"argument-{number}", title, own, why) | cites)
    return rows


def _explanation(key: str, title: str, words: str, reasons: str) -> dict[str, str]:
    return {"key": key, "title": title, "words": words, "reasons": reasons.strip()}


def action_of(petition: Petition, number: str = "") -> TariffAction | None:
    """Return the action of the round that covered the number on the filing date, the round's only one when it has one.

    `number` is plain, 10 digits; the petition's own when empty. None: the number is on no list of the round.
    """
    actions = sorted(petition.round.actions.all(), key=attrgetter("position", "code"))
    if len(actions) == 1:
        return actions[0]
    covering = coverage(number or petition.hts10, filing_day(petition.submitted_at, petition.created_at))
    return next((action for action in actions if covers({action.code}, covering)), None)


def same_exclusion(action: TariffAction, text: str) -> Exclusion | None:
    """Return the action's exclusion that already has this product, or None: one exclusion answers many petitions."""
    # A corrected wording is the product's too, though the key is still that of the first one.
    worded = Q(pk__in=ExclusionText.objects.filter(text=text).values("exclusion"))
    found = Exclusion.objects.filter(worded | Q(product_key=product_key(text)), action=action)
    first = Case(When(worded, then=Value(0)), default=Value(1))
    return found.order_by(first, "pk").first()
