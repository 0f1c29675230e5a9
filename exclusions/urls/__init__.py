"""Every address of the product, one file a wing; names and paths are promised in README.md and do not change."""

from django.urls import include, path

from exclusions.urls import api, casework, core, importer, lookup, notices, people, public

# Those of people come before the importer's, which take any word behind a petition's key for a step of its form.
# Those of the notices come before the casework's, which take any word behind `review/` for a case; those of the
# casework come before the lookup's, which take any word behind `help/` for a page of the help.
WINGS = [core, public, notices, casework, lookup, people, importer, api]

urlpatterns = [path("", include(wing)) for wing in WINGS]
