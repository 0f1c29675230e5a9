"""From decision to Federal Register: notices, letters' templates, terms and renumbering.

They come before the pages of the agency, which take any word for a case, and behind a case any word for a transition.
"""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
