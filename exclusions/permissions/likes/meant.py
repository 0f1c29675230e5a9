"""Which of the exclusions that name a number may mean goods in these words: the others are no like cases of theirs."""

from collections.abc import Iterable

from exclusions.facts.exclusions import InForce
from exclusions.wording import parse
from exclusions.wording.fit import Verdict, fits
from exclusions.wording.said import Goods


class MayMean:
    """The exclusions that may mean goods, by reference; each text is held against the same words once."""

    def __init__(self) -> None:
        self._fits: dict[tuple[str, str], bool] = {}

    def references(self, named: Iterable[InForce], words: str) -> tuple[str, ...]:
        """Return those of exclusions, in their order, but for those whose text surely means other goods."""
        return tuple(dict.fromkeys(one.reference for one in named if self._may_mean(one, words)))

    def _may_mean(self, one: InForce, words: str) -> bool:
        if (one.text, words) not in self._fits:
            verdict = Verdict.YES if one.whole_number else fits(parse(one.text), Goods(words)).verdict
            self._fits[one.text, words] = verdict is not Verdict.NO
        return self._fits[one.text, words]
