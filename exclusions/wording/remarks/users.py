"""Users, places and uses in a text. Design for a purpose may define a product; what somebody does with it may not
(84 FR 29576; 19 CFR 220 alike).
"""

import re
from collections.abc import Iterator

from exclusions.wording.remarks.remark import Remark, Text

DESIGN = "Say what the goods are made for: “designed for use in …” or “of a kind used for …”."
_STATES = (
    "Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|Florida|Georgia|Hawaii|Idaho|Illinois|"
    "Indiana|Iowa|Kansas|Kentucky|Louisiana|Maine|Maryland|Massachusetts|Michigan|Minnesota|Mississippi|Missouri|"
    "Montana|Nebraska|Nevada|New Hampshire|New Jersey|New Mexico|New York|North Carolina|North Dakota|Ohio|Oklahoma|"
    "Oregon|Pennsylvania|Rhode Island|South Carolina|South Dakota|Tennessee|Texas|Utah|Vermont|Virginia|Washington|"
    "West Virginia|Wisconsin|Wyoming"
)
_CONSUMERS = (
    r"(?:makers?|manufacturers?|producers?|builders?|assemblers?|hospitals?|clinics?|schools?|restaurants?|hotels?|"
    r"retailers?|customers?|farmers?|growers?|converters?|contractors?|installers?|distributors?|companies|firms|plants|"
    r"dealers?|mothers|nurses|universities|airlines)"
)
# “Ice cube makers” are goods; makers of something are people: “by RV makers”, “for makers of incubators”.
_WHO = rf"(?:the\s|our\s|its\s)?(?:[\w-]{{1,40}}\s){{0,3}}{_CONSUMERS}\b"
_PLACE = re.compile(
    rf"\b(?:(?:made|produced|manufactured|assembled|located|used|sold|built|installed)\s)?(?:in|at|from|of|near)\s"
    rf"(?:the\s)?(?:State\sof\s)?(?:(?:{_STATES})\b|United\sStates(?!\s(?:Coast|Patent|Pharm))|U\.?S\.?A\b|"
    rf"America\b)"
)
_BY_CONSUMER = re.compile(
    rf"\b(?:(?i:used|consumed|purchased|bought|resold|for\s(?:the\s)?use)\s(?i:exclusively\s|only\s|solely\s)?"
    rf"by\s{_WHO}(?:\s(?:of|in)\s[\w-]{{1,40}}(?:\sin\s[A-Z][a-z]+)?)?"
    rf"|(?i:by|for|to)\s{_WHO}(?:\s[\w-]{{1,40}}){{0,4}}?\sin\s[A-Z][a-z]+(?:\s[A-Z][a-z]+)?)"
)
_FOR_CONSUMER = re.compile(rf"\b(?:only\s)?for\s(?:use\s(?:in|by)\s)?{_WHO}(?!\sbeds?\b)", re.IGNORECASE)
# "Operated by hand", "sold by weight" and "used at 20 bar" are physical; these are not.
_ACTUAL = re.compile(
    r"\b(?:used|consumed|purchased|bought|imported|resold)\s(?:exclusively\s|only\s|solely\s)?by\b(?:\s[\w-]{1,40})?"
    r"|(?<!suitable )(?<!designed )\bfor\s(?:the\s)?use\s(?:of|by)\b(?!\s\w+ing\b)(?:\s[\w-]{1,40})?"
    r"|\bfor\sthe\sexclusive\suse\sof\b"
    r"|\b(?:used|consumed)\sin\sthe\splants?\sof\b",
    re.IGNORECASE,
)
# “Used in” alone tells what somebody does with them; “of a kind used in” what they are.
_USED_IN = re.compile(
    r"(?P<lead>(?<![\w-])(?:[\w-]{1,40}\s){0,2})\b(?P<used>used\s(?:in|on|at|aboard)\s[\w-]{1,40})", re.IGNORECASE
)
_CHIEF = re.compile(r"\bchief(?:ly)?\suse[sd]?\b(?:\s(?:in|by|for|on|as)\s[\w-]{1,40})?", re.IGNORECASE)
# "Not of a type designed to be principally used with sails" stands in real annexes; a person must judge.
_MOSTLY = re.compile(
    r"\b(?:principally|primarily|mainly|actually)\sused\b|\b(?:principal|primary|main|actual)\suse\b", re.IGNORECASE
)
_OF_KIND = re.compile(
    r"\b(?:kinds?|types?|sorts?|be|are|is|commonly|typically|normally|not|those|suitable|which|being|previously|only)\s*$",
    re.IGNORECASE,
)


def users(text: Text) -> Iterator[Remark]:
    """Yield remarks on consumers, places, actual and chief use; words that one of them covers are not named twice."""
    body = text.body
    consumers = [match.span() for match in _BY_CONSUMER.finditer(body)]
    for start, end in consumers:
        what = "defines the goods by their consumers or end users"
        yield text.remark("end-user", "error", start, end, what, DESIGN, leave_out=True)
    for match in _FOR_CONSUMER.finditer(body):
        if not _covered(match, [*consumers, *(found.span() for found in _ACTUAL.finditer(body))]):
            what = "may define the goods by their consumers or end users"
            consumers.append(match.span())
            yield text.remark("end-user", "warning", *match.span(), what, DESIGN, leave_out=True)
    for match in _PLACE.finditer(body):
        remedy = "Do not name places. An exclusion applies to the same goods everywhere."
        yield text.remark("place", "warning", *match.span(), "names a place", remedy, leave_out=True)
    yield from _uses(text)


def _uses(text: Text) -> Iterator[Remark]:
    certain = []
    for pattern, rule, what in (
        (_ACTUAL, "actual-use", "defines the goods by who uses them or by actual use"),
        (_CHIEF, "chief-use", "depends on chief use"),
    ):
        for match in pattern.finditer(text.body):
            certain.append(match.span())
            yield text.remark(rule, "error", *match.span(), what, DESIGN, leave_out=True)
    for match in _MOSTLY.finditer(text.body):
        certain.append(match.span())
        what = "may depend on chief or actual use, which cannot define a product"
        yield text.remark("chief-use", "warning", *match.span(), what, DESIGN, leave_out=True)
    for match in _USED_IN.finditer(text.body):
        if not _OF_KIND.search(match["lead"]) and not _covered(match, certain):
            what = "mentions actual use, which cannot define a product"
            yield text.remark("actual-use", "warning", *match.span("used"), what, DESIGN, leave_out=False)


def _covered(match: re.Match[str], spans: list[tuple[int, int]]) -> bool:
    return any(start < match.end() and match.start() < end for start, end in spans)
