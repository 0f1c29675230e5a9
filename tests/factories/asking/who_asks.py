"""Who may open the pages that answer people."""

from tests.factories.who_enters import EVERYBODY, Row

OF_ANSWERS = {
    **dict.fromkeys(("search", "api-search"), Row(EVERYBODY)),
    "context": Row(EVERYBODY),
    "fit": Row(EVERYBODY),
    "refunds": Row(EVERYBODY),
    "api-refunds": Row(EVERYBODY, status=405),
    "api-fit": Row(EVERYBODY, status=400),
    "context-table": Row(EVERYBODY, lambda world: {"slug": "trade"}),
    "statistics": Row(EVERYBODY),
    "statistics-table": Row(EVERYBODY, lambda world: {"slug": "rounds"}),
    **dict.fromkeys(("help", "help-describe", "robots", "favicon", "sitemap"), Row(EVERYBODY)),
    "help-page": Row(EVERYBODY, lambda world: {"slug": "availability"}),
    "sitemap-part": Row(EVERYBODY, lambda world: {"name": "petitions-1"}),
}
