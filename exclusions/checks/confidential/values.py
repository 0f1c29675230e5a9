"""What a filer gave in confidence, taken apart into the values that must not turn up in public (15 CFR 2006.15)."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from exclusions.checks.confidential.leak_matcher import Secret, Sort, plain_words
from exclusions.checks.confidential.narrative import figures
from exclusions.checks.result import Answers, Form, FormQuestion

# A person's name may be an ordinary word, and a street or city an ordinary place: these alone give nothing away.
_COMMON = ("_first_name", "_last_name", "_city", "_state", "_country", "_zip", "third_countries")
# Answers that may say anything of the filer: what they hold is public anyhow.
OPEN = ("org_legal_name", "third_party_name", "hts10", "naics")
_TEXTS = frozenset({"text", "long_text"})
_FIGURES = frozenset({"money", "number", "purchases", "revenue", "quantity"})
_MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
_WORD = r"[A-Z][\w&’'-]{1,40}"
_NAME = re.compile(rf"(?<![\w&’'-]){_WORD}(?: (?:of |de |van |von )?{_WORD}){{1,4}}")
# Capitalised words that name nobody. A name made of them alone is no secret.
_ORDINARY = """
the a an in at on of for and but our we they their its this that these those no one some all each both when while since
after before from with to by as if two three four five six seven eight nine ten it he she
united states america american china chinese europe european union kingdom asia asian mexico mexican canada canadian
japan japanese korea korean taiwan vietnam india indian germany german italy spain france thailand malaysia indonesia
brazil turkey north south east west new january february march april may june july august september october november
december monday tuesday wednesday thursday friday saturday sunday
section list tariff harmonized schedule trade representative ustr htsus customs border protection act made business
confidential federal register round exhibit annex table page item docket
"""
_NOT_NAMES = frozenset(_ORDINARY.split())


def declared(form: Form, answers: Answers) -> list[Secret]:
    """Return the confidential values of the answers, each with the question it answers.

    Figures, e-mail addresses and names inside a long confidential text count on their own. Choices, countries, units
    and dates identify nobody and are left out, as is a first name or a city by itself.
    """
    found: list[Secret] = []
    for question in form.applicable(answers):
        value = answers.get(question.key)
        if not value:
            continue
        if question.columns:
            found += _cells(question, value)
        elif not question.is_public:
            found += _values(question, value, question.kind)
    return [*found, *_people(form, answers)]


def allowed(form: Form, answers: Answers) -> list[str]:
    """Return what the public may read of the filer anyhow: its names and the number of the product."""
    public = form.public(answers)
    return [str(public[key]) for key in OPEN if key in public]


def _values(question: FormQuestion, value: Any, kind: str) -> Iterator[Secret]:
    for text in _leaves(value):
        if kind in _FIGURES:
            if text.replace(",", "").isdigit():
                yield Secret(question.key, question.label, text, Sort.FIGURE)
        elif kind == "percent":
            yield Secret(question.key, question.label, f"{text.strip().rstrip('%')}%", Sort.PERCENT)
        elif kind == "email":
            yield Secret(question.key, question.label, text, Sort.EMAIL)
        elif kind == "phone":
            yield Secret(question.key, question.label, text, Sort.PHONE)
        elif kind in _TEXTS and not question.key.endswith(_COMMON):
            yield from of_text(question.key, question.label, text)


def of_text(source: str, label: str, text: str) -> Iterator[Secret]:
    """Yield a confidential text as a secret, and the figures, e-mail addresses and names in it as others."""
    short = len(plain_words(text)) <= 5
    yield Secret(source, label, text, Sort.NAME if short else Sort.PHRASE)
    for figure, sort in figures(text):
        yield Secret(source, label, figure, sort)
    for match in _MAIL.finditer(text):
        yield Secret(source, label, match.group(), Sort.EMAIL)
    if not short:
        for match in _NAME.finditer(text):
            named = match.group().split()
            while named and named[0].lower() in _NOT_NAMES:
                named = named[1:]
            if len(named) > 1 and not {word.lower() for word in named} <= _NOT_NAMES:
                yield Secret(source, label, " ".join(named), Sort.NAME)


def _cells(question: FormQuestion, rows: Any) -> Iterator[Secret]:
    """The cells of confidential columns; a column is as its question unless it says otherwise."""
    for column in question.columns:
        secret = not question.is_public if column.visibility is None else column.visibility != "public"
        for row in rows if secret and isinstance(rows, list) else ():
            cell = row.get(column.key) if isinstance(row, Mapping) else None
            if cell:
                yield from _values(question, str(cell), column.kind)


def _people(form: Form, answers: Answers) -> Iterator[Secret]:
    """First and last name together name a person."""
    for question in form.applicable(answers):
        stem = question.key.removesuffix("_last_name")
        first, last = answers.get(f"{stem}_first_name"), answers.get(question.key)
        if stem != question.key and not question.is_public and first and last:
            yield Secret(question.key, question.label, f"{first} {last}", Sort.NAME)


def _leaves(value: Any) -> Iterator[str]:
    """Every text in an answer but units."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, part in value.items():
            if key != "unit":
                yield from _leaves(part)
