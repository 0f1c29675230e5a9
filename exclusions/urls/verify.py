"""The addresses at which a letter is verified."""

from django.urls import URLPattern, path

from exclusions.views.public.verify import verify, verify_letter

urlpatterns: list[URLPattern] = [
    path("verify/", verify, name="verify"),
    path("verify/<str:code>/", verify_letter, name="verify-letter"),
]
