"""Firms that act for a client already were let in by the agency before vetting was recorded: they stay in."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import Min


def vet(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Date the vetting of each such firm from its first accepted authorization."""
    organizations = apps.get_model("exclusions", "Organization").objects
    for firm in organizations.annotate(first=Min("clients__accepted_at")).filter(first__isnull=False):
        organizations.filter(pk=firm.pk).update(vetted_at=firm.first)


class Migration(migrations.Migration):
    dependencies = [("exclusions", "0009_people_who_act_for_others")]

    operations = [migrations.RunPython(vet, migrations.RunPython.noop)]
