"""How many products a notice has, as it says and as is counted again from what was written."""

import re
from collections.abc import Iterable, Sequence

from exclusions.gateways.annex.rows import EXTENSION, GRANT, REINSTATEMENT, AnnexRow
from exclusions.wording.named_numbers import is_whole_number

_DOES = {
    EXTENSION: "are extended",
    REINSTATEMENT: "are reinstated",
}
_SAID = re.compile(r"\b(\d+) ten-digit subheadings? and (\d+) specially prepared product descriptions?\b")
_ANSWERED = re.compile(r"\banswers? (\d+) separate exclusion requests?\b")
_ITEM = re.compile(r"\((\d+)\) (.+)", re.DOTALL)


def counting_sentences(rows: Sequence[AnnexRow], requests: int) -> list[str]:
    """Return the sentences that count the products of each form, and the requests that a notice answers."""
    found = []
    for kind in (GRANT, EXTENSION, REINSTATEMENT):
        texts = [row.text for row in rows if row.kind == kind]
        if not texts:
            continue
        whole = sum(map(is_whole_number, texts))
        does = _DOES.get(kind) or (
            f"{'answers' if len(texts) == 1 else 'answer'} {_number(requests, 'separate exclusion request')}"
        )
        prepared = _number(len(texts) - whole, "specially prepared product description")
        found.append(f"As set out in the annex, {_number(whole, 'ten-digit subheading')} and {prepared} {does}.")
    return found


def recount(written: Iterable[str], rows: Sequence[AnnexRow], requests: int) -> list[str]:
    """Return what does not agree between the paragraphs that were written and what they say of their number.

    `written` are all paragraphs of the notice, in whatever file they stood; `requests` those of the record.
    """
    texts = list(written)
    items = [found[2] for text in texts if (found := _ITEM.fullmatch(text.strip()))]
    whole = sum(map(is_whole_number, items))
    counts = [tuple(map(int, found)) for text in texts for found in _SAID.findall(text)]
    told = (sum(one for one, _ in counts), sum(two for _, two in counts))
    faults = []
    if told != (whole, len(items) - whole):
        faults.append(
            f"The notice speaks of {told[0]} whole numbers and {told[1]} descriptions; its annex has {whole} and "
            f"{len(items) - whole}."
        )
    answered = sum(int(found) for text in texts for found in _ANSWERED.findall(text))
    by_row = sum(row.requests for row in rows if row.kind == GRANT)
    if not answered == by_row == requests:
        faults.append(
            f"The notice speaks of {answered} requests; its products answer {by_row}, and the record has {requests}."
        )
    return faults


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"
