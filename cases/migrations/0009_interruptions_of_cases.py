from typing import Any

from django.db import migrations


def move(apps: Any, schema_editor: Any) -> None:
    """An interruption belongs to the case, reviewed or not; those on record were entered by whoever handles it."""
    for event in apps.get_model("cases", "LimitationEvent").objects.select_related("review"):
        event.case_id = event.review.case_id
        event.confirmed_by_id, event.confirmed_at = event.recorded_by_id, event.recorded_at
        event.save()


class Migration(migrations.Migration):
    dependencies = [("cases", "0008_occurrences_and_limitations")]
    operations = [migrations.RunPython(move, migrations.RunPython.noop)]
