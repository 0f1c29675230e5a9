"""What a shipment owes, in one sentence."""

from collections.abc import Sequence

from exclusions.duties.owed import Additional, Duties, Text, percent


def sentence(duties: Duties, day: str) -> str:
    """Say what a shipment from China entered on the day (in words) owes, and on what that hangs.

    Only the base rate, Section 301 lists and actions on all goods are said; an exclusion lifts the duty of its list.
    """
    parts = [f"A shipment from China entered on {day} owes {_base(duties)}"]
    said = [_additional(item, duties.texts) for item in duties.additional]
    if not said:
        return f"{parts[0]} and nothing under Section 301."
    return f"{''.join([*parts, *said])}."


def _base(duties: Duties) -> str:
    rate = duties.base
    if rate is None:
        return "the base rate (not known, since no edition of the HTSUS for that day is loaded)"
    if rate.cannot and not rate.printed:
        return "the base rate (none is printed on the line)"
    if rate.cannot:
        return f"the base rate (as the schedule words it: “{rate.printed}”)"
    return f"the base rate ({rate.printed})" if rate.is_free else f"the base rate of {rate.printed}"


def _additional(item: Additional, texts: Sequence[Text]) -> str:
    own = [text for text in texts if item.code and text.code == item.code]
    whole = next((text for text in own if text.is_whole), None)
    if whole:
        return f", nothing under {item.name}, since the whole number is excluded under {whole.heading}"
    words = f", plus {percent(item.pct)} under {item.name}"
    if item.asks:
        words += f" if {item.asks}"
    if item.unless:
        words += f" unless {item.unless}"
    if own:
        words += " unless it meets " + (
            "the text of an exclusion" if len(own) == 1 else f"one of {len(own)} exclusions"
        )
    return words
