"""Confidential amounts and percentages, all of them looked up at once in whatever form a text states them.

What is too common to mean anything is left out or needs a mark beside it: an amount from 10,000 counts wherever it
stands, a round one or a smaller one beside a sign of money or what is counted, a percentage beside a percent mark.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator
from itertools import chain

from exclusions.checks.confidential import number_words, numerals
from exclusions.checks.confidential.normal import Normal
from exclusions.checks.confidential.other_words import in_other_words
from exclusions.checks.confidential.secret import Secret, Sort
from exclusions.checks.confidential.split_figures import SplitFigures

MIN_FIGURE = 10_000  # smaller ones (years, counts, prices) occur by chance
MIN_COUNT = 100
MAX_DIGITS = 18
ROUND = 1_000_000  # from here on a round amount, too, is more than a rating or a capacity
SLACK = 200  # "$7.07 million" states 7,071,234: half a percent
COMMON_PERCENT = 250  # hundredths: multiples of 2.5 percent are rates of duty and shares of everything
YEARS = range(190_000, 210_000, 100)
_HEAD = re.compile(
    rb"(thousands|millions)|\$\s?(?:(thousand|million)\b|000s?\b)|(?<![0-9])'000s?\b|\(000s?\)|\bin 000s?\b"
)
_HEADS = (b"thousands", b"millions", b"$000", b"$ 000", b"$ thousand", b"$ million", b"'000", b"(000", b"in 000")
_UNDER, _BEFORE = 1500, 60  # bytes that the head of a table speaks for
_BESIDE_HEAD = re.compile(rb"[\s,]{0,3}[(\[]?(?:in |us |\$\s?){0,3}")  # nearer, it is as good as "thousand"
_BEHIND_HEAD = re.compile(rb"(?: of)?(?: us| u\.s\.)?(?: ?\$| dollars)?[)\]]?[\s:=]{0,4}\$?\s?")
_OF_SALES = re.compile(rb"\s?of\s(?:[a-z']{1,12}\s){0,4}(?:sales|revenues?|turnover|costs?|income)\b")
_UNIT = re.compile(
    rb"\s?-?(?:%|\"|'|(?:mm|cm|km|m|in(?!\s[a-z])|inch|inches|ft|feet|yd|kg|g|mg|lbs?|oz|ml|l|liters?|k?w|k?v|a|[kmg]?hz|c|f"
    rb"|k|psi|bar|x|per\s?cent|pct|thousand|million|billion|mn|bn)\b)|[.,][0-9]"
)

Place = tuple[Secret, int, int]


class Figures:
    """An index of confidential amounts and percentages."""

    def __init__(self, secrets: Iterable[Secret], known: Collection[int] = ()) -> None:
        """Take up the figures and percentages among the secrets, but those whose digits everybody knows."""
        self._whole: dict[int, list[Secret]] = {}  # dollars
        self._marked: dict[int, list[Secret]] = {}  # hundredths, like all that follow
        self._counted: dict[int, list[Secret]] = {}
        self._percents: dict[int, list[Secret]] = {}
        self._split = SplitFigures()
        self.runs: list[tuple[tuple[bytes, ...], Secret]] = []  # to be found among the words of a text
        for secret in secrets:
            if secret.sort is Sort.PERCENT:
                self._add_percent(secret)
            elif secret.sort is Sort.FIGURE:
                self._add_amount(secret, known)
        self._amounts = sorted(self._whole)
        amounts = chain(self._whole, self._marked, self._counted, self._percents)
        self._heads = {numerals.head(str(amount).encode()) for amount in amounts}

    def __bool__(self) -> bool:
        return bool(self._whole or self._marked or self._counted or self._percents)

    def find(self, text: Normal) -> Iterator[Place]:
        """Yield the secrets that the text states by a figure with a mark, in words, or under the head of a table."""
        if self:
            yield from self._with_marks(text.low.replace(b"usd", b"$  "), text)
            yield from self._in_words(text)
            yield from self._split.find(text.low)
            yield from self._fractions(text.low)
            if self._whole and any(head in text.low for head in _HEADS):
                yield from self._under_heads(text.low)

    def in_run(self, text: Normal, first: int, stop: int) -> bool:
        """Whether the tokens there, which are the digits of a secret, are a figure of their own."""
        start, end = text.span(first, stop)
        inside = text.low[start:end]
        if len(inside) >= 4 and inside[-3:-2] in (b".", b",") and inside.count(inside[-3:-2]) == 1:
            whole = numerals.stands(text.low, start, end - 3)
            return whole and _UNIT.match(text.low, end) is None
        return numerals.stands(text.low, start, end)

    def exactly(self, digits: bytes) -> list[Secret]:
        """Return the secrets whose amount these digits are, in whatever way they were set apart."""
        return self._whole.get(int(digits), []) if len(digits) <= MAX_DIGITS else []

    def _add_amount(self, secret: Secret, known: Collection[int]) -> None:
        value = Normal(secret.value).low.replace(b"usd", b"$")
        match = numerals.PLAIN.search(value)
        for digits, decimals, _ in numerals.readings(match[1]) if match else ():
            amount = numerals.hundredths(digits, decimals)
            whole, said = amount // 100, numerals.significant(amount)
            if whole in known or not amount:
                continue
            if whole >= MIN_FIGURE:
                self._whole.setdefault(whole, []).append(secret)
                self._split.add(whole, said, secret)
                if said >= 4 or whole >= ROUND:
                    self.runs += [(tuple(run), secret) for run in _groups(whole)]
            else:
                self._add_small(secret, amount, said, b"$" in value)

    def _add_small(self, secret: Secret, amount: int, said: int, money: bool) -> None:
        if said >= 3 or (money and said >= 2):
            self._marked.setdefault(amount, []).append(secret)
        if amount % 100 == 0 and said >= 3 and amount >= MIN_COUNT * 100 and amount not in YEARS:
            self._counted.setdefault(amount, []).append(secret)
        if money and amount % 25 and amount >= 1000:  # "71.20" by itself is a price, "12.50" may be anything
            cents = b"%02d" % (amount % 100)
            self.runs += [((*run, cents), secret) for run in _groups(amount // 100)]

    def _add_percent(self, secret: Secret) -> None:
        match = numerals.PLAIN.search(Normal(secret.value).low)
        if match:
            digits, decimals, _ = numerals.readings(match[1])[-1]
            share = numerals.hundredths(digits, decimals)
            rounded = {share, (share + 5) // 10 * 10, (share + 50) // 100 * 100}
            for value in rounded if 0 < share < 10_000 else ():
                if value == share or not is_common(value):
                    self._percents.setdefault(value, []).append(secret)

    def _with_marks(self, low: bytes, text: Normal) -> Iterator[Place]:
        for pattern, reading in (
            (numerals.PREFIXED, self._after_sign),
            (numerals.SUFFIXED, self._before_mark),
            (numerals.PERCENT_BEFORE, self._after_percent),
        ):
            stated = {found: secrets for found in self._likely(pattern.findall(low)) if (secrets := reading(*found))}
            for match in pattern.finditer(low) if stated else ():
                for secret in stated.get((match[1], match[2] or b""), ()):
                    if self._may_stand(match, secret, low, text):
                        yield secret, match.start(), match.end()

    def _likely(self, written: list[tuple[bytes, bytes]]) -> Iterator[tuple[bytes, bytes]]:
        """Pass over most figures that state no secret: without a scale word, by their first digits."""
        heads = self._heads
        for numeral, mark in set(written):
            if numerals.kind_of(mark)[1] or b" " in numeral or numerals.head(numeral) in heads:
                yield numeral, mark

    def _after_sign(self, numeral: bytes, scale: bytes) -> list[Secret]:
        kind, power = numerals.kind_of(scale) if scale else ("money", 0)
        numeral = numerals.nearest(numeral, first=True)
        return self._read(numeral, "scaled" if kind == "short" else kind, power)

    def _before_mark(self, numeral: bytes, mark: bytes) -> list[Secret]:
        numeral = numerals.nearest(numeral, first=False)
        return self._read(numeral, *numerals.kind_of(mark))

    def _after_percent(self, numeral: bytes, mark: bytes) -> list[Secret]:
        return self._read(numerals.nearest(numeral, first=True), "percent", 0)

    def _read(self, numeral: bytes, kind: str, power: int) -> list[Secret]:
        found: list[Secret] = []
        for digits, decimals, said in numerals.readings(numeral):
            value = numerals.hundredths(digits, decimals, power)
            if kind == "percent":
                found += self._percents.get(value, ())
            elif kind == "counted":
                found += self._counted.get(value, ())
            elif kind == "money":
                found += self._money(value)
            elif kind == "short" and power == 3:
                found += self._between(*numerals.rounded(digits, decimals, power)) if said >= 4 else ()
            elif kind == "scaled" or said >= 3:
                found += self._scaled(value, said)
            elif power == 6:
                found += self._whole.get(value // 100, ())
        span = numerals.by_comma(numeral, power) if kind == "scaled" else None
        return [*found, *self._between(*span)] if span else found

    def _money(self, value: int) -> list[Secret]:
        return [*self._whole.get(value // 100, ()), *self._marked.get(value, ())]

    def _scaled(self, value: int, said: int) -> Iterator[Secret]:
        """The amounts that a figure with a scale word may round: within half a percent, from two digits on."""
        slack = value // SLACK if said >= 2 else 0
        return self._between(value - slack, value + slack)

    def _between(self, least: int, most: int) -> Iterator[Secret]:
        for place in range(bisect_left(self._amounts, -(-least // 100)), bisect_right(self._amounts, most // 100)):
            yield from self._whole[self._amounts[place]]

    def _may_stand(self, match: re.Match[bytes], secret: Secret, low: bytes, text: Normal) -> bool:
        """Whether a figure counts there: "89.4M" is millions, "89.4 m" is a length; "25%" needs "of sales"."""
        if secret.sort is Sort.PERCENT:
            share = numerals.readings(numerals.nearest(match[1], first=match.re is numerals.PERCENT_BEFORE))[-1]
            return _says_much(numerals.hundredths(*share[:2]), low, match.end())
        if match.re is numerals.SUFFIXED and match[2] in numerals.SHORT_SCALES:
            if match.end(1) != match.start(2):
                return False
            return match[2] == b"k" or (match[2] in (b"m", b"mm") and text.is_capital(match.start(2)))
        return True

    def _in_words(self, text: Normal) -> Iterator[Place]:
        for number in number_words.spelled(text):
            for secret in self._spelled(number):
                start, end = text.span(number.first, number.stop)
                if secret.sort is not Sort.PERCENT or _says_much(number.value, text.low, end):
                    yield secret, start, end

        for start, end, value in in_other_words(text):
            for secret in self._scaled(value, numerals.significant(value)) if value >= MIN_FIGURE * 100 else ():
                yield secret, start, end

    def _fractions(self, low: bytes) -> Iterator[Place]:
        for match in numerals.FRACTION.finditer(low) if b"/" in low or b" 0." in low else ():
            value = numerals.fraction(match)
            for secret in self._scaled(value, numerals.significant(value)):
                yield secret, match.start(), match.end()

    def _spelled(self, number: number_words.Spelled) -> Iterator[Secret]:
        if number.kind == "percent":
            yield from self._percents.get(number.value, ())
        elif number.kind == "money":
            yield from self._money(number.value)
        if number.kind != "percent" and number.value >= MIN_FIGURE * 100:
            yield from self._scaled(number.value, number.significant)

    def _under_heads(self, low: bytes) -> Iterator[Place]:
        """Figures in thousands or millions because the head of their table, or a word beside them, says so."""
        heads, done = list(_HEAD.finditer(low)), 0
        for place, head in enumerate(heads):
            last = min(head.end() + _UNDER, heads[place + 1].start() if place + 1 < len(heads) else len(low))
            for match in numerals.PLAIN.finditer(low, max(done, head.start() - _BEFORE), last):
                if match.start() < head.start():
                    near = _BESIDE_HEAD.fullmatch(low, match.end(), head.start()) is not None
                else:
                    near = _BEHIND_HEAD.fullmatch(low, head.end(), match.start()) is not None
                for secret in self._under_head(match[1], 6 if b"million" in head[0] else 3, near):
                    yield secret, match.start(), match.end()
            done = last

    def _under_head(self, numeral: bytes, power: int, near: bool) -> Iterator[Secret]:
        for digits, decimals, said in numerals.readings(numeral):
            value = numerals.hundredths(digits, decimals, power)
            if near:
                yield from self._scaled(value, said)
            elif said >= (4 if power == 3 else 3) and not (numeral.isdigit() and digits * 100 in YEARS):
                unit = 10**power * 100 // 10**decimals
                yield from self._between(value - unit // 2, value + unit - 1)


def is_common(share: int) -> bool:
    """Whether a percentage, in hundredths, says nothing by itself: a multiple of 2.5, or a whole one below 5."""
    return share % COMMON_PERCENT == 0 or (share < 500 and share % 100 == 0)


def _says_much(share: int, low: bytes, end: int) -> bool:
    return not is_common(share) or _OF_SALES.match(low, end) is not None


def _groups(whole: int) -> list[list[bytes]]:
    """Return the words into which the digits of a number fall: as one, in threes, or as in India (12,34,567)."""
    plain, grouped = str(whole).encode(), f"{whole:,}".encode().split(b",")
    if len(grouped) == 1:
        return [grouped]
    rest = plain[:-3].rjust((len(plain) - 2) // 2 * 2)
    indian = [*(rest[place : place + 2].strip() for place in range(0, len(rest), 2)), plain[-3:]]
    return [[plain], grouped, indian] if len(plain) > 5 else [[plain], grouped]
