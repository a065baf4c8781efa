"""To-dos that were moved, handed over or done already: their calendars go on counting from there."""

from django.db import migrations


def count(apps, schema_editor):
    tasks = apps.get_model("deadlines", "Task").objects
    for task in tasks.prefetch_related("changes", "hand_overs").iterator(500):
        moments = [each.changed_at for each in task.changes.all()]
        moments += [each.handed_at for each in task.hand_overs.all()]
        moments += [task.done_at] if task.done_at else []
        changed = max([task.created_at, *moments])
        tasks.filter(pk=task.pk).update(sequence=len(moments), changed_at=changed)


class Migration(migrations.Migration):

    dependencies = [("deadlines", "0008_hearings_and_changes_of_to_dos")]

    operations = [migrations.RunPython(count, migrations.RunPython.noop, elidable=True)]
