"""Put the headings of the maritime action of October 2025 (90 FR 48320) under an action of its own.

Sites have had 9903.91.12 and .14 under the four-year review, which is another investigation. The next load of the
shipped facts brings the headings that are new.
"""

from typing import Any

from django.db import migrations, models

HEADINGS = ("99039112", "99039113", "99039114", "99039115", "99039116")


def move(apps: Any, schema_editor: Any) -> None:
    """Move lines and rates with their days and sources; make the action only where there is something to move."""
    action, line, rate = (apps.get_model("exclusions", name) for name in ("TariffAction", "CoveredLine", "ActionRate"))
    old = [model.objects.filter(heading__in=HEADINGS, action__code="FYR") for model in (line, rate)]
    if not any(rows.exists() for rows in old):
        return
    maritime, _ = action.objects.get_or_create(
        code="MAR",
        defaults={
            "name": "Maritime action of October 2025: cranes and chassis of China's shipbuilding investigation",
            "citation": (
                "90 FR 48320 (2025-10-16), suspended from 2025-11-10 to 2026-11-09 by 90 FR 50947 (2025-11-13)"
            ),
            "effective_on": "2026-11-10",
            "note": "31(k), (l)",
            "position": 8,
            "reach": "on_top",
        },
    )
    for rows in old:
        rows.update(action=maritime)


class Migration(migrations.Migration):
    dependencies = [("exclusions", "0088_thumbnails")]

    operations = [
        migrations.AlterField(
            model_name=name,
            name="reach",
            field=models.CharField(
                choices=[
                    ("lines", "The lines on its list"),
                    ("all_goods", "All goods but named ones"),
                    ("on_top", "Lines of its own, on top of the lists"),
                ],
                db_default="lines",
                default="lines",
                max_length=10,
                verbose_name="what it covers",
            ),
        )
        for name in ("tariffaction", "historicaltariffaction")
    ] + [migrations.RunPython(move, migrations.RunPython.noop)]
