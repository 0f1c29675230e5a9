"""Root URL table: allauth's account pages, Django admin, and the product's own doors."""

from django.contrib import admin
from django.urls import include, path

from exclusions.views.people.accounts import addresses

urlpatterns = [
    path("admin/", admin.site.urls),
    # Before the library's own: staff change no address of theirs.
    path("accounts/email/", addresses, name="account_email"),
    path("accounts/", include("allauth.urls")),
    path("", include("exclusions.urls")),
]

handler400 = "exclusions.views.core.errors.bad_request"
handler403 = "exclusions.views.core.errors.permission_denied"
handler404 = "exclusions.views.core.errors.page_not_found"
handler500 = "exclusions.views.core.errors.server_error"
