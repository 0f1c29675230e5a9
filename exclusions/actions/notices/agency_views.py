"""What the agencies of the Section 301 Committee say, as it is kept with the assessment."""

from collections.abc import Mapping, Sequence

from exclusions.checks.substance import lacks_substance
from exclusions.errors import Incomplete
from exclusions.workflow.agencies import AGENCIES, LONGEST, SAY_WHY, VIEWS


def agency_views(entered: Sequence[Mapping[str, str]]) -> list[dict[str, str]]:
    """Return the rows as they are kept, one an agency, in the order of the agencies.

    Raises Incomplete, by the field of the row: an unknown agency or view, words without a view, an agency twice, an
    objection without its reason.
    """
    found: dict[str, dict[str, str]] = {}
    faults: dict[str, list[str]] = {}
    for row in entered:
        agency, view, words = row.get("agency", ""), row.get("view", ""), row.get("words", "").strip()
        name, fault = AGENCIES.get(agency, agency), _fault(view, words)
        if agency not in AGENCIES:
            faults.setdefault("views", []).append(f"{agency or 'Nobody'} is not an agency of the committee.")
        elif agency in found:
            faults.setdefault("views", []).append(f"{name} is there twice.")
        elif fault:
            faults[fault[0].format(agency)] = [f"{name}: {fault[1]}"]
        else:
            found[agency] = {"agency": agency, "view": view, "words": words}
    if faults:
        raise Incomplete(*(said for group in faults.values() for said in group), fields=faults)
    return [found[agency] for agency in AGENCIES if agency in found]


def _fault(view: str, words: str) -> tuple[str, str] | None:
    """Return the field and the sentence of what is wrong with a row."""
    if view not in VIEWS:
        return "view_{}", "choose its view, or remove the words."
    if len(words) > LONGEST:
        return "words_{}", f"at most {LONGEST:,} characters."
    lacks = lacks_substance(words) if words else "say why it objects, or to what it agrees."
    return ("words_{}", lacks) if view in SAY_WHY and lacks else None
