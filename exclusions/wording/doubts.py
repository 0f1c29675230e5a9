"""What stands against a yes although every word of a text is said: it may be said of something else, or denied."""

from collections.abc import Iterator

from exclusions.wording.description import Clause, Description, Kind
from exclusions.wording.materials import materials
from exclusions.wording.said import Goods, head_stem, stems


def doubts(text: Description, goods: Goods) -> Iterator[str]:
    """Yield what has to be asked before goods, of which all that a text requires is said, are within it."""
    yield from _called(text, goods)
    if text.material:
        other = goods.materials - materials(text.body)
        if other:
            yield f"goods of {text.material} are required; the description says {', '.join(sorted(other))} too"
    for clause, left_out in text.asked:
        if left_out:
            continue
        if clause.as_printed.casefold() in goods.plain:
            if goods.denies(clause.as_printed):
                yield _denied(clause)
        elif stems(clause.bare) & goods.denied:
            yield _denied(clause)
        elif clause.kind not in (Kind.NOUN, Kind.MATERIAL) and not _together(clause, goods):
            yield f"“{clause.as_printed}” is required; the description says these words, but not together"


def _called(text: Description, goods: Goods) -> Iterator[str]:
    """Yield whether the goods are what the text names, where they are called otherwise: a gasket for pumps."""
    head, noun = head_stem(text.noun), stems(text.noun)
    if not head or goods.plain.lstrip('("').startswith(text.noun.casefold().strip('(", ')):
        return
    whole = any(noun <= said for _, said in goods.stretches) and " of " in text.noun
    if head not in goods.heads or not (noun <= goods.called or whole):
        yield f"are the goods “{text.noun}”? The description begins with other words"


def _denied(clause: Clause) -> str:
    return f"“{clause.as_printed}” is required; the description speaks of it with a “not” or “without”"


def _together(clause: Clause, goods: Goods) -> bool:
    wanted = stems(clause.bare) & goods.stems  # measures are compared apart
    return not wanted or any(wanted <= said for _, said in goods.stretches)
