"""What somebody typed into a search, taken apart: numbers of the tariff, a reference of the docket, and words."""

import re
import unicodedata
from dataclasses import dataclass

from exclusions.goods.texts import head
from exclusions.goods.words import stem, words_of
from exclusions.hts import HtsError, parse_prefix

MOST_CHARACTERS = 200
MOST_WORDS = 20
DOCKETS = "USTR-"
_NUMBER = re.compile(r"[0-9]{4}(?:[0-9]{0,6}|(?:\.[0-9]{1,6}){1,3}\.?)")
_SPACED = re.compile(r"[0-9]{4}(?:[ -][0-9]{2}){1,2}(?:[ -][0-9]{2}|[ -][0-9]{4})?|[0-9]{4}[ -][0-9]{2}[ -][0-9]{4}")
_DIGITS_ALONE = re.compile(r"[0-9][0-9.]*")
_MARK = re.compile(r"[,;:(]")
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Asked:
    """What was typed: `text` as shown, plain beginnings of numbers, words in lower case, a reference if it is one.

    `is_number`: nothing but one number was typed. `remark` is a sentence about what could not be looked for; "" if all
    could.
    """

    text: str
    numbers: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    reference: str = ""
    remark: str = ""

    @property
    def is_number(self) -> bool:
        """Whether one number and nothing else was typed."""
        return len(self.numbers) == 1 and not self.words

    def is_said_in(self, name: str) -> bool:
        """Whether the words stand in a name of goods side by side, in any form; one word alone has to be the thing."""
        wanted = [stem(word) for word in self.words]
        if len(wanted) == 1:
            return head(_MARK.split(name, maxsplit=1)[0]) == wanted[0]
        there = [stem(word) for word in words_of(name)]
        return any(there[at : at + len(wanted)] == wanted for at in range(len(there) - len(wanted) + 1))

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to look for."""
        return not (self.numbers or self.words or self.reference)


def read_asked(typed: str) -> Asked:
    """Take a text apart, whatever it holds: digits of any script are digits, signs are left out, its length is bounded.

    A number may be written with dots, with blanks between its pairs, or plain; four digits or more among words are one,
    and fewer where nothing else was typed. Never raises: what cannot be looked for is said in the remark.
    """
    whole = " ".join(_ascii_digits(unicodedata.normalize("NFKC", typed)).split())
    text = whole[:MOST_CHARACTERS]
    remark = ""
    if len(whole) > MOST_CHARACTERS:
        text = text.rpartition(" ")[0] or text
        remark = f"We searched for the first {len(text)} characters only. A search can have {MOST_CHARACTERS}."
    if not text:
        return Asked("")
    if text.upper().startswith(DOCKETS):
        return Asked(text, reference=text.upper(), remark=remark)
    if _DIGITS_ALONE.fullmatch(text) or _SPACED.fullmatch(text):
        try:
            return Asked(text, numbers=(parse_prefix(text),), remark=remark)
        except HtsError as error:
            return Asked(text, remark=str(error))
    terms = text.split()
    numbers = [term for term in terms if _NUMBER.fullmatch(term)]
    others = " ".join(term for term in terms if not _NUMBER.fullmatch(term))
    words = _WORD.findall(others.lower())
    if not (numbers or words):
        return Asked(text, remark=f"“{text[:40]}” has no word or number. Enter a product, a company or a number.")
    plain = tuple(dict.fromkeys(number.replace(".", "")[:10] for number in numbers))
    return Asked(text, plain, tuple(dict.fromkeys(words))[:MOST_WORDS], remark=remark)


def _ascii_digits(text: str) -> str:
    """Write every digit, of whichever script, as 0 to 9, and leave out what no page can print."""
    return "".join(
        str(unicodedata.digit(letter)) if unicodedata.category(letter) == "Nd" else letter
        for letter in text
        if letter.isspace() or unicodedata.category(letter)[0] != "C"
    )
