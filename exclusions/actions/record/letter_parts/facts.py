"""What each kind of letter says besides the head of the case: public facts, as the record has them now."""

from collections.abc import Callable, Mapping
from typing import Any

from exclusions import criteria, hts
from exclusions.actions.record.events import petition_subject
from exclusions.actions.record.many.batch import Batch
from exclusions.days import in_full
from exclusions.errors import WrongState
from exclusions.models import (
    Closing,
    Cure,
    Decision,
    Event,
    ExclusionTerm,
    ExclusionText,
    Letter,
    Petition,
    Response,
    User,
)
from exclusions.models.exclusion import note_cited
from exclusions.permissions.case_secrets import case_secrets
from exclusions.permissions.likes.cited import ROW, TEXT, Cited, fallen
from exclusions.queries.casework.case.passages import IN_LETTER, Passage, cited, excerpt, passages_of
from exclusions.queries.casework.clusters.quoted import MOST
from exclusions.queries.casework.other_cases import OtherCases
from exclusions.queries.notices.partial_grants import letter_facts
from exclusions.queries.record.taken_down import Down, down_of, explained_words
from exclusions.workflow.deadlines import in_words
from exclusions.workflow.roles import SIGNS_AS, Role

Facts = dict[str, Any]
Kind = Letter.Kind


def facts_again(letter: Letter) -> Facts:
    """Return what a letter was set from, read anew from the record as it is now. Raises WrongState where it cannot."""
    return _AGAIN[Letter.Kind(letter.kind)](letter)


def receipt_facts(petition: Petition) -> Facts:
    """When it was filed, and the fingerprint of what was certified."""
    version = petition.versions.sealed().order_by("number").first()
    submitted = petition.submitted_at
    return {"submitted": in_words(submitted) if submitted else "", "sha256": version.sha256 if version else ""}


def withdrawal_facts(petition: Petition) -> Facts:
    """When it was withdrawn, and the reason that was given."""
    event = Event.objects.filter(subject=petition_subject(petition), kind="withdraw").order_by("sequence").last()
    return {"withdrawn": in_words(petition.status_since), "reason": event.reason if event else ""}


def closing_facts(closing: Closing) -> Facts:
    """Return the facts that a closing rests on, why, and counsel who confirmed it."""
    filed = closing.petition.submitted_at
    return {
        "facts": closing.facts,
        "because": closing.reason,
        "filed": in_words(filed) if filed else "",
        "signatory": _signs(closing.confirmed_by),
    }


def cure_facts(cure: Cure) -> Facts:
    """Return what is to be corrected, and by when."""
    return {"points": cure.points, "cure_by": in_words(cure.closes_at)}


def lapse_facts(cure: Cure) -> Facts:
    """Return what was to be corrected, from when and by when."""
    return {**cure_facts(cure), "returned": in_words(cure.returned_at)}


def posting_facts(petition: Petition) -> Facts:
    """When it was posted, and until when responses are open."""
    posted, closes = petition.posted_at, petition.response_closes_at
    return {"posted": in_words(posted) if posted else "", "responses_until": in_words(closes) if closes else ""}


def response_facts(response: Response) -> Facts:
    """Which response was posted, whose, and until when it may be replied to."""
    closes = response.reply_closes_at
    return {
        "response": response.reference,
        "responder": response.organization_name,
        "position": response.get_position_display(),
        "reply_by": in_words(closes) if closes else "",
    }


def decision_facts(decision: Decision, batch: Batch | None = None) -> Facts:
    """Every criterion with its finding, each departure with its reason, the rationale, and what a grant grants."""
    known = batch.passages(decision.petition) if batch else passages_of(decision.petition, whole=False)
    facts: Facts = {
        "rationale": decision.rationale,
        "findings": [
            {
                "criterion": finding["title"],
                "result": finding["result_label"],
                "reasons": finding["reasons"],
                "citations": _quoted(finding, known),
            }
            for finding in decision.findings
        ],
        "explanations": _explained(decision, known, batch),
        "signatory": _signs(decision.signed_by),
    }
    if decision.exclusion is None:
        codes = [{"code": code, "text": criteria.REASON_OF[code]} for code in decision.denial_codes]
        return {**facts, "reason_codes": codes}
    narrowed = letter_facts(decision, down_of(decision.petition)) if decision.narrowing else {}
    return {**facts, **exclusion_facts(decision), **narrowed}


def _explained(decision: Decision, known: Mapping[str, Passage], batch: Batch | None) -> list[dict[str, Any]]:
    """Return the explanations as a letter prints them: an argument whose text is down today loses its words, and so
    does a file its name.

    No statement where the decision is signed at this moment, or names no argument and no file.
    """
    named = any("cites" in said or "Document: " in said["words"] for said in decision.explanations)
    down = down_of(decision.petition) if named and decision.pk else Down([])
    quoted = _quoted_of(decision, known, batch)
    return [
        {
            "title": said["title"],
            "words": explained_words(said, down),
            "reasons": said["reasons"],
            "quotes": [quoted[one] for one in Cited.in_quotes(said) if one in quoted],
        }
        for said in decision.explanations
    ]


def _quoted_of(decision: Decision, known: Mapping[str, Passage], batch: Batch | None) -> dict[Cited, dict[str, str]]:
    """Return what is quoted of the passages that set like cases apart: what is public of them now, and repeats nothing
    that was given in confidence in the case of the letter.
    """
    petition = decision.petition
    cites = {one for said in decision.explanations for one in Cited.in_quotes(said)}
    cites -= fallen(cites) if decision.pk else set()
    others = batch.others if batch else OtherCases()
    said = {one: _passage(one, known if one.reference == petition.reference else None, others) for one in cites}
    if not any(said.values()):
        return {}
    secrets = batch.secrets(petition) if batch else case_secrets(petition)
    return {
        one: {"words": one.as_read_on(str(petition.reference)), "passage": text}
        for one, text in said.items()
        if text and not secrets.hits_in(text)
    }


def _passage(one: Cited, own: Mapping[str, Passage] | None, others: OtherCases) -> str:
    if one.citation in (ROW, TEXT):
        return ""
    passages = cited(others.passages(one.reference) if own is None else own, [one.citation])
    return excerpt(passages[0].text, MOST) if passages else ""


def exclusion_facts(decision: Decision) -> Facts:
    """Return what the registry says of the exclusion as it stands: the letter that a correction brings says the
    same.
    """
    text = ExclusionText.objects.filter(exclusion=decision.exclusion).order_by("-version").first()
    return term_facts(text, ExclusionTerm.objects.filter(exclusion=decision.exclusion).order_by("-pk").first())


def term_facts(text: ExclusionText | None, term: ExclusionTerm | None) -> Facts:
    """Return what a text and a term say, of which there may be none yet."""
    return {
        "extent": "whole" if text and text.whole_number else "described",
        "product_text": text.text if text else "",
        "starts_on": term.valid_from if term else None,
        "ends_on": term.valid_to if term else None,
        "heading": hts.dotted(term.heading) if term and term.heading else "",
        "note": note_cited(term.note, term.item if term.status == ExclusionTerm.Status.PUBLISHED else "")
        if term
        else "",
        "notice": _notice(term) if term else "",
    }


def standing_decision(petition: Petition) -> Decision:
    """Return the decision of a petition that stands, with its exclusion."""
    rows = Decision.objects.filter(petition=petition).select_related("exclusion__action", "petition", "signed_by")
    found: Decision = rows.get()
    return found


def _notice(term: ExclusionTerm) -> str:
    day = term.published_on
    return (
        f"{term.authority} ({in_full(day)})" if term.authority and day and "(" not in term.authority else term.authority
    )


def _signs(user: User) -> dict[str, str]:
    return {"name": str(user), "title": SIGNS_AS.get(Role(user.role), user.get_role_display()) if user.role else ""}


def _quoted(finding: Mapping[str, Any], known: Mapping[str, Passage]) -> list[dict[str, str]]:
    """Return what a finding cites, each with the passage as it is public now; of an older decision the words alone."""
    if "cites" not in finding:
        return [{"words": words, "passage": ""} for words in finding["citations"]]
    passages = cited(known, finding["cites"])
    return [{"words": passage.words, "passage": excerpt(passage.text, IN_LETTER)} for passage in passages]


def _of_cure(letter: Letter) -> Facts:
    found = Cure.objects.filter(petition=letter.petition, returned_at__lte=letter.issued_at).order_by("-number").first()
    if found is None:
        raise WrongState("Only the file holds the words of this letter. It was issued before returns had questions.")
    return lapse_facts(found) if letter.kind == Kind.LAPSED else cure_facts(found)


def _of_response(letter: Letter) -> Facts:
    found = Response.objects.filter(petition=letter.petition, reference=letter.about).first()
    if found is None:
        raise WrongState("The response in this letter is no longer on the docket.")
    return response_facts(found)


def _of_closing(letter: Letter) -> Facts:
    return closing_facts(Closing.objects.get(petition=letter.petition))


def _of_decision(letter: Letter) -> Facts:
    return decision_facts(standing_decision(letter.petition))


def _of_exclusion(letter: Letter) -> Facts:
    return exclusion_facts(standing_decision(letter.petition))


def _of_correction(letter: Letter) -> Facts:
    return {**_of_exclusion(letter), "correction": letter.reason}


_AGAIN: Mapping[Letter.Kind, Callable[[Letter], Facts]] = {
    Kind.RECEIPT: lambda letter: receipt_facts(letter.petition),
    Kind.RETURNED: _of_cure,
    Kind.LAPSED: _of_cure,
    Kind.POSTED: lambda letter: posting_facts(letter.petition),
    Kind.RESPONSE: _of_response,
    Kind.WITHDRAWAL: lambda letter: withdrawal_facts(letter.petition),
    Kind.INCOMPLETE: _of_closing,
    Kind.COVERED: _of_closing,
    Kind.DUPLICATE: _of_closing,
    Kind.DENIAL: _of_decision,
    Kind.GRANT: _of_decision,
    Kind.IN_PART: _of_decision,
    Kind.PUBLICATION: _of_exclusion,
    Kind.CORRECTION: _of_correction,
    Kind.EXPIRY: _of_exclusion,
}
