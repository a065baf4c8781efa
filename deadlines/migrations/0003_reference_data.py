from typing import Any

from django.db import migrations

from deadlines.reference import seed_reference


def seed(apps: Any, schema_editor: Any) -> None:
    seed_reference(apps)


class Migration(migrations.Migration):
    """The shipped periods and holidays. Backwards nothing: the tables themselves go."""

    dependencies = [("deadlines", "0002_append_only")]
    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
