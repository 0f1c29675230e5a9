"""Every address of the product, one file a wing; names and paths are promised in README.md and do not change."""

from django.urls import include, path

from exclusions.urls import agency, answers, api, desk, frame, importer, people, public, register

# Those of people come before the importer's, which take any word behind a petition's key for a step of its form.
# Those of the desk and of the register come before the agency's, which take any word behind `review/` for a case;
# those of the desk come before the answers, which take any word behind `help/` for a page of the help.
WINGS = [frame, public, desk, answers, people, importer, register, agency, api]

urlpatterns = [path("", include(wing)) for wing in WINGS]
