"""What a shipment owes, in a few sentences: first what all goods of the number owe, then what hangs on the goods."""

from collections.abc import Iterable, Sequence

from exclusions.duties.owed import Additional, Duties, Text, percent


def sentence(duties: Duties, day: str) -> str:
    """Return the sentences in one text."""
    return " ".join(sentences(duties, day))


def sentences(duties: Duties, day: str) -> tuple[str, ...]:
    """Say what a shipment from China entered on the day (in words) owes, and on what that hangs.

    Only the base rate, Section 301 lists and actions beside them are said; an exclusion lifts the duty of its list, and
    a heading that applies in place of another is said to apply instead.
    """
    always = [item for item in duties.additional if not item.asks]
    said = [f"A shipment from China entered on {day} owes {_base(duties)}"]
    said += [_additional(item, duties.texts) for item in always]
    if not duties.additional:
        return (f"{said[0]} and nothing under Section 301.",)
    return (f"{''.join(said)}.", *_conditions(duties))


def _conditions(duties: Duties) -> Iterable[str]:
    """Yield a sentence for each answer that changes what is owed; goods under way when a rate rose come last."""
    rates = {item.heading: percent(item.pct) for item in duties.additional}
    asked: dict[str, list[Additional]] = {}
    for item in (*duties.additional, *duties.in_transit):
        if item.asks and not item.lifts:
            asked.setdefault(item.key or item.asks, []).append(item)
    for items in asked.values():
        added = [_additional(item, duties.texts, "").strip() for item in items if item.in_place_of not in rates]
        instead = [
            f"{percent(item.pct)} under {item.heading} applies instead of {rates[item.in_place_of]}"
            for item in items
            if item.in_place_of in rates
        ]
        owes = [f"it also owes {' and '.join(added)}"] if added else []
        yield f"If {items[0].asks.partition(' (')[0]}, {', and '.join([*owes, *instead])}."


def _base(duties: Duties) -> str:
    rate = duties.base
    if rate is None:
        return "the base rate (not known: no edition of the HTSUS is on file for that day)"
    if rate.cannot and not rate.printed:
        return "the base rate (none is printed on the line)"
    if rate.cannot:
        return f"the base rate (as the schedule words it: “{rate.printed}”)"
    return f"the base rate ({rate.printed})" if rate.is_free else f"the base rate of {rate.printed}"


def _additional(item: Additional, texts: Sequence[Text], plus: str = ", plus ") -> str:
    own = [text for text in texts if item.code and text.code == item.code]
    whole = next((text for text in own if text.is_whole), None)
    if whole:
        return f"{plus and ', '}nothing under {item.name} because the whole number is excluded under {whole.heading}"
    words = f"{plus}{percent(item.pct)} under {item.name}"
    if item.unless:
        words += f" unless {item.unless}"
    if own:
        words += " unless it meets " + (
            "the text of an exclusion" if len(own) == 1 else f"one of {len(own)} exclusions"
        )
    return words
