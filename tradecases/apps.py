"""Django admin as this site serves it."""

from django.contrib.admin.apps import AdminConfig


class AdministrationConfig(AdminConfig):
    """Django admin, with the sign-in of the rest of the site."""

    default_site = "tradecases.administration.Administration"
