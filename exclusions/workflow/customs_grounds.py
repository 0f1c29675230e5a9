"""On which grounds Customs objects to a product text: the coded ones of which an objection names at least one."""

from collections.abc import Mapping

# By the result of the opinion; a result that is not here has none.
GROUNDS: Mapping[str, Mapping[str, str]] = {
    "misclassified": {
        "on_its_face": "On its face not classified in the cited number",
        "another_number": "Goods of the text fall under another number as well",
    },
    "not_administrable": {
        "not_measurable": "Cannot be measured or seen at entry",
        "end_use": "Depends on the use by a person, or on a place",
        "no_unit": "A number or range without a unit",
        "names_party": "Names a person, a company or a brand",
        "unclear": "Does not say where the product ends",
    },
}
LABELS: Mapping[str, str] = {code: label for of in GROUNDS.values() for code, label in of.items()}
