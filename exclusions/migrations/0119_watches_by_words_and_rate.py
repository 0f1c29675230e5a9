"""Watches by the words of a product, and how often a watch is told by mail."""

from django.db import migrations, models


class Migration(migrations.Migration):
    serving = "must stop: its clock would mail at once what is asked for once a week, and fails at words."
    dependencies = [
        ("exclusions", "0118_joint_statements"),
    ]

    operations = [
        migrations.AddField(
            model_name="subscription",
            name="rate",
            field=models.CharField(
                choices=[("at_once", "At once"), ("daily", "Once a day"), ("weekly", "Once a week on Monday")],
                db_default="at_once",
                default="at_once",
                max_length=10,
                verbose_name="how often",
            ),
        ),
        migrations.AlterField(
            model_name="subscription",
            name="key",
            field=models.CharField(
                help_text="plain number, reference, name, short name, words, whose petitions", max_length=300
            ),
        ),
        migrations.AlterField(
            model_name="subscription",
            name="kind",
            field=models.CharField(
                choices=[
                    ("number", "HTSUS number"),
                    ("case", "Petition"),
                    ("exclusion", "Exclusion"),
                    ("organization", "Organization"),
                    ("round", "Round"),
                    ("words", "Product words"),
                    ("own", "Your petitions"),
                ],
                max_length=15,
            ),
        ),
        migrations.AddConstraint(
            model_name="subscription",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("rate", "at_once"),
                    models.Q(("channel", "email"), ("rate__in", ["daily", "weekly"])),
                    _connector="OR",
                ),
                name="subscription_rate_is_of_mail",
            ),
        ),
    ]
