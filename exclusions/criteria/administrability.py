"""Administrability: whether Customs can tell the product at entry by the text alone.

Each request is judged on whether it "defines the product with sufficient precision" (83 FR 32181; 84 FR 29576).
Requests that identify the product by producer, importer, ultimate consumer, actual or chief use, or trademark, or by
any criterion that cannot be made public, are not considered. Customs opines on the drafted text and the number only.
"""

from exclusions.criteria.criterion import Criterion

ADMINISTRABILITY = Criterion(
    key="administrability",
    title="Administrability",
    question="Is the product defined precisely enough for Customs and Border Protection to apply the text at entry?",
    evidence_keys=(
        "hts10",
        "product_name",
        "product_description",
        "product_function",
        "unique_features",
        "component_integration",
        "set_items",
        "part_connection",
        "chemical_constituents",
        "product_documents",
    ),
    denial_code="DR4",
    citation="84 FR 29576 (2019-06-24)",
)
