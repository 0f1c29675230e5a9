"""Eligibility: whether the request is one this round can consider at all.

Machinery: the number must be in a subheading of Annex E, opened for requests by 89 FR 83755 (2024-10-17), and a request
covers one unique piece of equipment. A request that fails is outside the process, whatever its merits.
"""

from exclusions.criteria.criterion import Criterion

ELIGIBILITY = Criterion(
    key="eligibility",
    title="Eligibility",
    question="Is the equipment in an eligible subheading, one unique piece, completely described and filed in time?",
    evidence_keys=("hts10", "product_name", "product_description", "adcvd", "adcvd_cases"),
    denial_code="DR6",
    citation="89 FR 83755 (2024-10-17)",
)
