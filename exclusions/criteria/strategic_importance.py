"""Strategic importance: Chinese industrial programs.

The notices ask "whether the particular product is strategically important or related to 'Made in China 2025' or other
Chinese industrial programs" (83 FR 32181; 84 FR 29576). A yes usually leads to denial; a no is not a plus.
"""

from exclusions.criteria.criterion import Criterion

STRATEGIC_IMPORTANCE = Criterion(
    key="strategic_importance",
    title="Strategic importance to China",
    question='Is the product strategically important or related to "Made in China 2025" or other Chinese programs?',
    evidence_keys=("strategic", "strategic_explanation", "hts10"),
    denial_code="DR3",
    citation="84 FR 29576 (2019-06-24)",
)
