"""Who may open the pages that answer people."""

from tests.factories.who_enters import EVERYBODY, Row

OF_ANSWERS = {
    **dict.fromkeys(("search", "api-search"), Row(EVERYBODY)),
    "context": Row(EVERYBODY),
    "fit": Row(EVERYBODY),
    "refunds": Row(EVERYBODY),
    "api-refunds": Row(EVERYBODY, status=405),
    # A token opens them, and no session does.
    "api-subscriptions": Row(frozenset(), others=401, also={"anonymous": 401}),
    "api-subscription": Row(frozenset(), lambda world: {"pk": 1}, others=405, also={"anonymous": 405}),
    "api-subscription-deliveries": Row(frozenset(), lambda world: {"pk": 1}, others=401, also={"anonymous": 401}),
    "api-fit": Row(EVERYBODY, status=400),
    "context-table": Row(EVERYBODY, lambda world: {"slug": "trade"}),
    "statistics": Row(EVERYBODY),
    "statistics-table": Row(EVERYBODY, lambda world: {"slug": "rounds"}),
    **dict.fromkeys(("help", "help-describe", "robots", "favicon", "sitemap"), Row(EVERYBODY)),
    "help-page": Row(EVERYBODY, lambda world: {"slug": "availability"}),
    "sitemap-part": Row(EVERYBODY, lambda world: {"name": "petitions-1"}),
}
