"""Domestic manufacturing: whether the machine makes things in the United States.

89 FR 83755 (2024-10-17) takes requests for "certain machinery used in domestic manufacturing": the equipment is for
the requester's own production of goods in the United States, not for resale. The reviewers' questions sent to OMB with
the form ask whether domestic manufacturing use is supported.
"""

from exclusions.criteria.criterion import Criterion

DOMESTIC_MANUFACTURING = Criterion(
    key="domestic_manufacturing",
    title="Use in domestic manufacturing",
    question="Does the record show that the requester uses the equipment in domestic manufacturing, not for resale?",
    evidence_keys=("domestic_use", "domestic_use_explanation", "manufacturing_sector", "for_resale", "plant_location"),
    denial_code="DR6",
    citation="89 FR 83755 (2024-10-17)",
)
