"""The objective of the investigation: whether an exclusion would work against it.

Each request is judged on "whether the exclusion would undermine the objective of the Section 301 investigation"
(83 FR 32181; 84 FR 29576): the elimination of China's acts, policies and practices on technology transfer,
intellectual property and innovation. A judgement of policy; rarely decides alone.
"""

from exclusions.criteria.criterion import Criterion

OBJECTIVE = Criterion(
    key="objective",
    title="Objective of the investigation",
    question="Would the exclusion undermine the objective of the Section 301 investigation?",
    evidence_keys=("strategic", "strategic_explanation", "severe_harm_explanation", "rationale"),
    denial_code="DR5",
    citation="84 FR 29576 (2019-06-24)",
)
