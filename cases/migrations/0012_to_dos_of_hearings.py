"""The to-do of a hearing ahead was known by its words; from now on it bears the hour of the hearing itself."""

from datetime import timedelta, timezone

from django.db import migrations

SHANGHAI = timezone(timedelta(hours=8))


def mark(apps, schema_editor):
    tasks = apps.get_model("deadlines", "Task").objects
    hearings = apps.get_model("cases", "Hearing").objects.select_related("filing__case")
    for hearing in hearings.iterator(500):
        case = hearing.filing.case
        words = f"{case.official_number or case.code} {hearing.held_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M} 开庭"
        found = tasks.filter(owner_url=f"/cases/{case.code}/", title=words, due_on__isnull=False)
        found.update(hearing_at=hearing.held_at)


class Migration(migrations.Migration):

    dependencies = [
        ("cases", "0011_acts_of_the_clock"),
        ("deadlines", "0009_changes_so_far"),
    ]

    operations = [migrations.RunPython(mark, migrations.RunPython.noop, elidable=True)]
