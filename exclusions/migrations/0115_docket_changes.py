"""The number of the last change of each petition on the public side, for mirrors, and when the docket last changed."""

from django.db import migrations, models

NUMBER = [
    """
    INSERT INTO exclusions_docketchange (reference, petition, number)
    SELECT reference, id, ROW_NUMBER() OVER (ORDER BY updated_at, id) FROM exclusions_publicpetition
    """,
    """
    INSERT INTO exclusions_docketchange (reference, petition, number)
    SELECT reference, NULL, (SELECT COALESCE(MAX(number), 0) FROM exclusions_docketchange)
        + ROW_NUMBER() OVER (ORDER BY taken_down_at, reference)
    FROM exclusions_tombstone WHERE key IS NULL
        AND reference NOT IN (SELECT reference FROM exclusions_publicpetition)
    """,
]


class Migration(migrations.Migration):
    serving = "must stop: what the version before writes of the public side would have no number."
    dependencies = [
        ("exclusions", "0114_bulk_certificates"),
    ]

    operations = [
        migrations.AddField(
            model_name="docketversion",
            name="changed_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.CreateModel(
            name="DocketChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "reference",
                    models.CharField(max_length=40, unique=True, verbose_name="reference of the petition"),
                ),
                (
                    "petition",
                    models.BigIntegerField(db_index=True, null=True, verbose_name="key of the public copy"),
                ),
                ("number", models.BigIntegerField(unique=True, verbose_name="number of its last change")),
            ],
        ),
        migrations.RunSQL(NUMBER, migrations.RunSQL.noop),
    ]
