"""Severe economic harm: what the additional duty does to the requester or to other US interests.

The notices ask whether the additional duties on the particular product cause "severe economic harm to the requester or
other U.S. interests" (83 FR 32181; 84 FR 29576). GAO-21-506 reports failure to show it, with availability, as the
commonest reason for denial.
"""

from exclusions.criteria.criterion import Criterion

SEVERE_ECONOMIC_HARM = Criterion(
    key="severe_economic_harm",
    title="Severe economic harm",
    question="Would the additional duties cause severe economic harm to the requester or to other US interests?",
    evidence_keys=(
        "severe_harm",
        "severe_harm_explanation",
        "severe_harm_confidential",
        "is_small_business",
        "revenue",
        "product_role",
        "final_sales_share",
        "input_cost_share",
        "input_sales_share",
    ),
    denial_code="DR2",
    citation="84 FR 29576 (2019-06-24)",
)
