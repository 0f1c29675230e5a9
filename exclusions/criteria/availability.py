"""Availability: whether the product, or one that would do, can be had outside China.

The notices ask requesters to address "whether the particular product is available only from China" and "whether the
particular product and/or a comparable product is available from sources in the United States and/or third countries"
(83 FR 32181, 2018-07-11; 84 FR 29576, 2019-06-24; 84 FR 57144, 2019-10-24). In practice the first filter: a credible
objection by a US producer usually decides it.
"""

from exclusions.criteria.criterion import Criterion

AVAILABILITY = Criterion(
    key="availability",
    title="Availability outside China",
    question="Is the product, or a comparable one, available from sources in the United States or third countries?",
    evidence_keys=(
        "available_us",
        "available_us_explanation",
        "available_third_country",
        "available_third_country_explanation",
        "sourcing_attempted",
        "sourcing_attempts",
        "sourcing_attempts_summary",
        "only_china",
        "purchases",
        "third_countries",
    ),
    denial_code="DR1",
    citation="84 FR 29576 (2019-06-24)",
    response_keys=(
        "explanation",
        "makes_product",
        "product_likeness",
        "own_product",
        "available_now",
        "annual_capacity",
        "lead_time",
        "substitute",
        "text",
    ),
)
