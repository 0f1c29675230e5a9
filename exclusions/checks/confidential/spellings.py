"""The runs of words by which names, passages, e-mail addresses and telephone numbers are looked for."""

import re
from collections.abc import Collection, Iterable, Iterator

from exclusions.checks.confidential.joined import Joined
from exclusions.checks.confidential.normal import Normal, is_running
from exclusions.checks.confidential.number_words import is_of_numbers
from exclusions.checks.confidential.phrases import Phrases
from exclusions.checks.confidential.secret import Secret, Sort

MIN_LETTERS = 5
SHINGLE = 6  # words; aligned shingles of a value find every copied run of 2 * SHINGLE - 1 words
LONG = 12  # words from which a value is a passage, not a name; letters, in a script without spaces
NAME_WORDS = 5
WITHIN = 14  # letters of a name, run together, that are looked for within longer words

_COMPANY_FORMS = b"""
inc incorporated llc llp lp ltd limited co corp corporation company gmbh ag sa spa srl bv nv pte pty plc kg
"""
_FORMS = frozenset(_COMPANY_FORMS.split())
_APOSTROPHE = re.compile("['\u2019]")


def take_up(secret: Secret, phrases: Phrases, running: Joined, together: Joined, known: Collection[bytes]) -> None:
    """Add the ways in which a secret may be written, but those that a text known to everybody holds.

    `running` takes words of scripts without spaces, `together` names that may be run together within a longer word.
    `known` are texts in normal form, their words between single spaces. What is too short to mean anything is left out.
    """
    for said in _cases(secret.value):
        if any(b" %b " % b" ".join(said) in text for text in known):
            continue
        for part in _running(said) if not secret.value.isascii() else ():
            running.add(part, secret)
        if secret.sort is Sort.PHONE or secret.sort is Sort.EMAIL:
            for way in _telephone(secret.value) if secret.sort is Sort.PHONE else _address(secret.value):
                phrases.add_run(way, secret)
        elif len(said) >= LONG:
            for start in range(0, len(said) - SHINGLE + 1, SHINGLE):
                phrases.add_run(said[start : start + SHINGLE], secret)
        else:
            _take_up_short(secret, said, phrases, together)
            joined = Normal(_APOSTROPHE.sub("", secret.value)).tokens
            if len(joined) != len(said):
                _take_up_short(secret, joined, phrases, together)


def _take_up_short(secret: Secret, said: list[bytes], phrases: Phrases, together: Joined) -> None:
    core = [word for word in said if word not in _FORMS] if secret.sort is Sort.NAME else said
    letters = b"".join(core)
    if (len(letters) < MIN_LETTERS and letters.isascii()) or is_of_numbers(core):
        return
    if secret.sort is Sort.NAME and 1 < len(core) <= NAME_WORDS:
        phrases.add_name(core, secret)
    else:
        phrases.add_run(core, secret)
    for run in _run_together([word for word in core if word not in _FORMS]):
        phrases.add_run(run, secret)
        if len(run) == 1 and len(run[0]) >= WITHIN and run[0].isascii():
            together.add(run[0].decode(), secret)


def _run_together(core: list[bytes]) -> Iterator[list[bytes]]:
    """Yield the words WrittenLikeThis, as one and InTwo Parts; a long row only as one."""
    if len(core) < 2 or sum(map(len, core)) < 2 * MIN_LETTERS:
        return
    yield [b"".join(core)]
    for place in range(1, len(core)) if 2 < len(core) <= NAME_WORDS else ():
        yield [b"".join(core[:place]), b"".join(core[place:])]


def _cases(value: str) -> list[list[bytes]]:
    """Return the words of a value; in other cases, too, whose letters may look like others than it has."""
    said = Normal(value).tokens
    if value.isascii():
        return [said]
    return [said, *(other for case in (value.lower(), value.upper()) if (other := Normal(case).tokens) != said)]


def _running(said: Iterable[bytes]) -> list[str]:
    """Return the words in a script without spaces as one; of a passage, pieces of it."""
    joined = "".join(word.decode() for word in said if is_running(word))
    return [joined[at : at + LONG] for at in range(0, max(1, len(joined) - LONG + 1), LONG)]


def _telephone(value: str) -> list[list[bytes]]:
    """Return the ways in which a telephone number falls into words: as one, or apart."""
    written = Normal(value).tokens
    digits = b"".join(re.findall(rb"[0-9]+", b"".join(written)))
    if len(digits) < 7:
        return []
    last = digits[-10:]
    ways = [[digits], [last], [b"1" + last]]
    if len(last) == 10:
        ways += [[last[:3], last[3:6], last[6:]], [last[:3], last[3:]], [last[:6], last[6:]]]
    return [*ways, written] if len(written) > 1 else ways


def _address(value: str) -> list[list[bytes]]:
    """Return an e-mail address as words, also spelled with "at" and "dot"."""
    user, _, host = value.partition("@")
    plain, name = Normal(value).tokens, [*Normal(user).tokens, b"at"]
    labels = [Normal(label).tokens for label in host.split(".")]
    spelled = [word for label in labels for word in (b"dot", *label)][1:]
    return [plain, [*name, *(word for label in labels for word in label)], [*name, *spelled]] if host else [plain]
