"""Words that leave open which goods are meant: vague sizes, “other”, “various”, several products, a bare noun."""

import re
from collections.abc import Iterator

from exclusions.wording.description import Kind
from exclusions.wording.materials import materials
from exclusions.wording.remarks.remark import Remark, Text

ONE = "A text covers one unique product. Write a separate text and request for each other product."
RANGE = "Give a range: “over X but not over Y”."
_ARTICLES = re.compile(r"\b(?:articles?|items?|goods|things|merchandise|stuff)$", re.IGNORECASE)
_OTHER = re.compile(
    r"^[Oo]thers?(?=$|\s(?!than\b|side|end))(?:\s\w+)?"
    r"|(?<=, )(?:not elsewhere specified|n\.?e\.?s\.?o\.?i\.?|others?)(?=$|[,;.])"
    r"|\band\sother\s(?:such\s|similar\s|like\s)?(?:products?|items?|goods|articles?|things|uses|materials)\b",
)
_SUCH = re.compile(
    r"\b(?:various|assorted|miscellaneous|sundry)\b(?:\s(?!and\b)[a-z]+)?"
    r"|\b(?:all|any|every)\s(?:types?|kinds?|sizes?|models?|styles?|shapes?|colou?rs?)\b"
    r"|\b(?:several|multiple|different|many)\s(?:types?|kinds?|sizes|models|styles|products|items|goods|articles|"
    r"variants)\b",
    re.IGNORECASE,
)
_SKUS = re.compile(
    r"\b\d+\s(?:different\s)?(?:SKUs?|styles|variants|models|item\snumbers|part\snumbers|stock\snumbers)\b|\bSKUs?\b(?!\s*:?\s*[\w-]*\d)"
)
_PARTS = re.compile(
    r"\b(?:and|with|or|plus|incl(?:uding|\.)?)\s(?:all\s|its\s|their\s)?(?:spare\s|replacement\s|related\s|other\s)?"
    r"parts(?=$|[,;.]|\sand\s(?:hardware|accessories|components|supplies)\b(?!\sof))(?:\sand\s\w+)?"
    r"|\bparts\sand\s(?:hardware|supplies)\b",
    re.IGNORECASE,
)
_SEVERAL = re.compile(
    r"\bthe\sfollowing\s(?:products|items|models|goods)\b|\band/or\s(?:other\b|[a-z]+\s(?:products|items|goods))"
    r"|\bproducts?\s(?:2|two|B)\b",
    re.IGNORECASE,
)
_VAGUE = re.compile(
    r"\b(?:approximately|approx\.?|roughly|about(?=\s[\d$])|"
    r"circa|high[- ]quality|premium|top[- ]quality|heavy[- ]duty|advanced(?!\s(?:beyond|in|than|by)\b)|"
    r"state[- ]of[- ]the[- ]art|and\sthe\slike|and\sso\son|etc\.?|long[- ]lasting|best|superior|high[- ]end|"
    r"user[- ]friendly|unique|innovative|affordable|inexpensive|"
    r"(?:reasonabl[ey]|competitive(?:ly)?|attractive(?:ly)?|low|good)[- ]price[sd]?)(?=\W|$)",
    re.IGNORECASE,
)
# A size that is said with no figure: “large” as a clause of its own, or before the noun.
_SIZE = re.compile(
    r"(?:^|(?<=[,;]\s))(?:(?:(?:extra[- ]|very\s)?(?:large|small|big|huge|tiny|tall)(?:[- ]sized?)?)"
    r"(?=$|[,;]|\s(?!engine|scale|"
    r"format|arms?|animal|intestine|bore|appliance)[a-z])|(?:medium|compact|heavy|light|long|short|thin|thick|wide)(?=$|[,;]))",
    re.IGNORECASE,
)
_BEGINS_NOUN = re.compile(
    r"^and\s(?!with|without|each|of|for|in|to|not|valued|weighing|measuring|having|containing|comprising|other|rated|"
    r"whether|designed|the|a|an|at|is|are|has|that|which|used|on|by|from|consisting|incorporating|capable|suitable)"
    r"(?P<noun>(?:[a-z-]{1,40}\s){0,4}?[a-z-]{1,40}s)$"
)


def vague(text: Text) -> Iterator[Remark]:
    """Yield remarks on words that leave the goods open."""
    yield from _nouns(text)
    body = text.body
    for pattern, rule, what, remedy in (
        (_OTHER, "other", "says “other”, which can mean any product of the line", "Say which goods."),
        (_SUCH, "various", "does not say which goods are meant", "Name one product and give its limits in figures."),
        (_SKUS, "skus", "counts stock numbers or styles", "Say what they have in common, in figures."),
        (_PARTS, "and-parts", "includes parts, which need a request of their own", ONE),
        (_SEVERAL, "several-products", "reads like more than one product", ONE),
        (_VAGUE, "vague", "uses a word that cannot be measured", RANGE),
        (_SIZE, "vague-size", "gives a size without a measure", RANGE),
    ):  # fmt: skip
        for match in pattern.finditer(body):
            yield text.remark(rule, "warning", *match.span(), what, remedy)
    yield from _several(text)


def _nouns(text: Text) -> Iterator[Remark]:
    noun = text.description.noun
    where = text.body.find(noun) if noun else -1
    if where < 0:
        return
    if match := _ARTICLES.search(noun):
        yield text.remark(
            "articles", "warning", where + match.start(), where + match.end(),
            "uses a word that does not name the goods", "Begin with the noun of the tariff line, in the plural.",
        )  # fmt: skip
    said = [clause for clause in text.description.clauses if clause.kind is not Kind.NOUN]
    if text.known.annex and not said and len(noun.split()) == 1 and noun.isalpha():
        yield text.remark(
            "bare-noun", "warning", where, where + len(noun), "is only a noun, which covers every product of that name",
            "Add material, dimensions, ratings or design, so that Customs can tell the product from others.",
        )  # fmt: skip


def _several(text: Text) -> Iterator[Remark]:
    """Another noun after what is said of the first one: “Kneeling pads of plastics, and bath seats”."""
    described = False
    clauses = text.description.clauses
    for place, clause in enumerate(clauses):
        words = clause.as_printed
        closes = place + 1 == len(clauses) or clauses[place + 1].as_printed.startswith("and ")
        if described and closes and clause.before.startswith((",", ";")) and (found := _BEGINS_NOUN.match(words)):
            start = text.body.find(words)
            if start >= 0 and not materials(found["noun"]):
                what = "reads like more than one product"
                yield text.remark("several-products", "warning", start, start + len(words), what, ONE)
        described = described or clause.kind in (Kind.MATERIAL, Kind.LIMITS)
