"""Who may open the pages that answer people."""

from exclusions.api.cases.transitions import ENDPOINTS
from tests.factories.who_enters import EVERYBODY, Row

_ONE = "00000000-0000-4000-8000-000000000000"


def _by_token(status: int, **names: str) -> Row:
    """Return the row of an address that a token opens, and no session: what is asked there with a GET."""
    return Row(frozenset(), lambda world: {"pk": _ONE, **names}, others=status, also={"anonymous": status})


_OF_PETITIONS = {
    **dict.fromkeys(("api-petition-events", "api-petition-questions"), _by_token(401)),
    "api-deadlines": Row(frozenset(), others=401, also={"anonymous": 401}),
    "api-petition-question-answer": _by_token(405, number="1"),
    "api-petitions": Row(frozenset(), others=401, also={"anonymous": 401}),
    **dict.fromkeys(("api-petition", "api-petition-documents", "api-petition-letters"), _by_token(401)),
    "api-petition-letter": _by_token(401, code="AAAA-BBBB"),
    **dict.fromkeys(
        ("api-petition-check", "api-petition-submit", "api-petition-withdraw", "api-petition-receipt"), _by_token(405)
    ),
    "api-petition-document": _by_token(405, document=_ONE),
}
_BY_TOKEN = Row(frozenset(), others=401, also={"anonymous": 401})
_CASE = {"reference": "USTR-2018-0018-000001"}
_OF_CASES = {
    **dict.fromkeys(("api-cases", "api-clusters"), _BY_TOKEN),
    "api-case": Row(frozenset(), lambda world: _CASE, others=401, also={"anonymous": 401}),
    **dict.fromkeys(
        (f"api-case-{name}" for name in ENDPOINTS),
        Row(frozenset(), lambda world: _CASE, others=405, also={"anonymous": 405}),
    ),
}
_OF_SHEETS = {
    "api-bulk-sheets": Row(frozenset(), others=401, also={"anonymous": 401}),
    **dict.fromkeys(
        ("api-bulk-sheet", "api-bulk-errors", "api-bulk-petitions", "api-bulk-leaks", "api-bulk-documents"),
        _by_token(401),
    ),
    **dict.fromkeys(("api-bulk-accept", "api-bulk-settle", "api-bulk-check", "api-bulk-certify"), _by_token(405)),
    "api-bulk-zip": _by_token(405, zip=_ONE),
}
_OF_RESPONSES = dict.fromkeys(
    ("api-docket-responses", "api-response-reply"),
    Row(frozenset(), lambda world: {"reference": "USTR-2018-0018-000001"}, others=405, also={"anonymous": 405}),
)
OF_ANSWERS = {
    **_OF_PETITIONS,
    **_OF_CASES,
    **_OF_SHEETS,
    **_OF_RESPONSES,
    **dict.fromkeys(("search", "api-search"), Row(EVERYBODY)),
    "context": Row(EVERYBODY),
    "fit": Row(EVERYBODY),
    "refunds": Row(EVERYBODY),
    "api-refunds": Row(EVERYBODY, status=405),
    # A token opens them, and no session does.
    "api-subscriptions": Row(frozenset(), others=401, also={"anonymous": 401}),
    "api-subscription": Row(frozenset(), lambda world: {"pk": 1}, others=405, also={"anonymous": 405}),
    "api-subscription-deliveries": Row(frozenset(), lambda world: {"pk": 1}, others=401, also={"anonymous": 401}),
    "api-subscription-secret": Row(frozenset(), lambda world: {"pk": 1}, others=405, also={"anonymous": 405}),
    "api-subscription-replay": _by_token(405, pk="1", event=_ONE),
    "api-fit": Row(EVERYBODY, status=400),
    "context-table": Row(EVERYBODY, lambda world: {"slug": "trade"}),
    "statistics": Row(EVERYBODY),
    "statistics-table": Row(EVERYBODY, lambda world: {"slug": "rounds"}),
    **dict.fromkeys(("help", "help-describe", "robots", "favicon", "sitemap"), Row(EVERYBODY)),
    "help-page": Row(EVERYBODY, lambda world: {"slug": "availability"}),
    "sitemap-part": Row(EVERYBODY, lambda world: {"name": "petitions-1"}),
}
