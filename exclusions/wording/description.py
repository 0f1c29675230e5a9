"""A product text taken apart: clauses in order, of which noun, material and limits are told apart from other words."""

import re
from dataclasses import dataclass
from enum import StrEnum

from exclusions.wording.limits import Limit
from exclusions.wording.named_numbers import NamedNumber, write_tail

_CAS = re.compile(r"\d{2,7}[-\u00ad]\d{2}[-\u00ad]\d\b")

_NOT = re.compile(r"(?:^|.*\s)(?:not|other\sthan|except(?:\sfor)?|excluding|without)$", re.DOTALL)
_LEAVES_OUT = re.compile(
    r"\(?(?:and\s|but\s)?(?:other\sthan|not(?!\s(?:over|more|less|exceeding|greater|above|below|under|to))|"
    r"except|excluding|without)\b",
    re.IGNORECASE,
)


class Kind(StrEnum):
    """What a clause says of the goods."""

    NOUN = "noun"
    MATERIAL = "material"
    LIMITS = "limits"
    USE = "use"
    COMPOSITION = "composition"
    WHETHER = "whether"
    FOREGOING = "foregoing"
    WITHOUT = "without"
    ASIDE = "aside"
    SET = "set"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of the text: what it says, what joins it to the one before, and its words with the limits in them."""

    kind: Kind
    pieces: tuple[str | Limit, ...]
    before: str = ""
    start: int = 0

    @property
    def as_printed(self) -> str:
        """The clause as printed, without what joins it to the one before."""
        return "".join(piece if isinstance(piece, str) else piece.write() for piece in self.pieces)

    @property
    def limits(self) -> tuple[Limit, ...]:
        """The limits in the clause, in order."""
        return tuple(piece for piece in self.pieces if isinstance(piece, Limit))

    @property
    def bare(self) -> str:
        """The words without the limits."""
        return " ".join("".join(piece for piece in self.pieces if isinstance(piece, str)).split())


@dataclass(frozen=True, slots=True)
class Description:
    """A product text: its clauses, the numbers that it names, and what the compiler notes behind them.

    `tail` is the end as printed where the annex's usual words would not give it back; "" otherwise.
    """

    clauses: tuple[Clause, ...]
    numbers: tuple[NamedNumber, ...] = ()
    tail: str = ""

    @property
    def body(self) -> str:
        """The description without the end that names the numbers."""
        return "".join(clause.before + clause.as_printed for clause in self.clauses)

    @property
    def ending(self) -> str:
        """The end that names the numbers, with the blank before it; "" where there is none."""
        return self.tail or write_tail(self.numbers)

    @property
    def noun(self) -> str:
        """What the goods are called, without figures before it: “Centrifugal pumps”; "" where none is found."""
        return next((clause.bare.strip('("') for clause in self.clauses if clause.kind is Kind.NOUN), "")

    @property
    def material(self) -> str:
        """What the goods are of (“stainless steel”); "" where the text does not say."""
        said = next((clause.as_printed for clause in self.clauses if clause.kind is Kind.MATERIAL), "")
        return re.sub(r"^(?:made\s)?(?:of|from)\s", "", said)

    @property
    def limits(self) -> tuple[Limit, ...]:
        """All limits, in order."""
        return tuple(limit for clause in self.clauses for limit in clause.limits)

    @property
    def uses(self) -> tuple[str, ...]:
        """What the goods are designed for."""
        return self.clauses_of(Kind.USE)

    @property
    def asked(self) -> tuple[tuple[Clause, bool], ...]:
        """The clauses that goods are held to, each with whether it names what they may not be (“other than of rubber”).

        What follows “not” or goes on behind an exception without a comma belongs to it; what follows “whether or not”
        is free.
        """
        found: list[tuple[Clause, bool]] = []
        joined, left_out = "", False
        for clause in self.clauses:
            goes_on = not clause.before.strip() and bool(joined)
            free = clause.kind is Kind.WHETHER or (goes_on and joined.endswith("whether or not"))
            left_out = not free and bool(
                _LEAVES_OUT.match(clause.as_printed) or (goes_on and (left_out or _NOT.search(joined)))
            )
            joined = clause.as_printed.casefold()
            if not free and not _NOT.fullmatch(joined) and (left_out or clause.kind is not Kind.ASIDE):
                found.append((clause, left_out))
        return tuple(found)

    @property
    def required_limits(self) -> tuple[tuple[Limit, ...], tuple[Limit, ...]]:
        """The limits that goods are held to, and those that stand in what the text leaves out or leaves free."""
        left_out = [clause for clause, out in self.asked if out]
        aside = [clause for clause in self.clauses if clause in left_out or clause.kind is Kind.WHETHER]
        return (
            tuple(limit for clause in self.clauses if clause not in aside for limit in clause.limits),
            tuple(limit for clause in aside for limit in clause.limits),
        )

    @property
    def cas(self) -> tuple[str, ...]:
        """The CAS registry numbers of the text."""
        return tuple(found.replace("\u00ad", "-") for found in _CAS.findall(self.body))

    def clauses_of(self, kind: Kind) -> tuple[str, ...]:
        """Return the clauses of a kind, as printed."""
        return tuple(clause.as_printed for clause in self.clauses if clause.kind is kind)
