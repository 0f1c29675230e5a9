"""How a level recommends where a test is not about like cases: asked about them, it refers the difference."""

from typing import Any

from django.db import transaction

from exclusions.actions.review import reviews
from exclusions.actions.review.unlike import Unlike
from exclusions.errors import Incomplete
from exclusions.models import Petition, Recommendation

REFERRED = Unlike("The two records have to be read side by side before either is signed.", refers=True)


def recommend(petition: Petition, **said: Any) -> Recommendation:
    """Recommend as is said; where like cases stand otherwise, with a reason why the difference is referred."""
    try:
        with transaction.atomic():
            return reviews.recommend_outcome(petition, **said)
    except Incomplete as refused:
        if "unlike" not in refused.fields:
            raise
    return reviews.recommend_outcome(petition, **said, unlike=REFERRED)
