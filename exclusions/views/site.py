"""What every page needs, without a query."""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, object]:
    """Give templates the demo flag and the product's own address."""
    return {"demo": settings.DEMO, "base_url": settings.BASE_URL}
