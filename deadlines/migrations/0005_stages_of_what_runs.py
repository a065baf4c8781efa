from datetime import date
from typing import Any

from django.db import migrations

from deadlines import stages
from deadlines.calendars import Calendar
from deadlines.models.term import rule_of
from deadlines.periods import PERIODS
from deadlines.reference import seed_reference

NEW = ("whose", "pause_events", "stages", "by_hand", "extension")
OLD_STAGES = {"due": "d0", "overdue": "a1"}


def fill(apps: Any, schema_editor: Any) -> None:
    """Shipped rows and the offices' own get the new columns of the shipped row; running deadlines get a plan.

    Nothing is announced twice: what the three old stages have said stays said, and of the stages already past only
    the last is spoken of.
    """
    shipped = {row.code: row.columns() for row in PERIODS}
    for term in apps.get_model("deadlines", "Term").objects.all():
        row = shipped.get(term.code)
        if row is None:
            row = {"whose": "ours", "pause_events": [], "stages": [], "by_hand": True, "extension": ""}
        for name in NEW:
            setattr(term, name, row[name])
        if term.stops != bool(term.pause_events):
            term.pause_events = ["suspension"] if term.stops else []
        term.save()
    seed_reference(apps)
    rename_stages(apps)
    plan_what_runs(apps, shipped)


def rename_stages(apps: Any) -> None:
    reminder = apps.get_model("deadlines", "Reminder")
    for old, new in OLD_STAGES.items():
        reminder.objects.filter(stage=old).update(stage=new)
    for row in reminder.objects.filter(stage="warn").select_related("deadline"):
        row.stage = f"b{max(row.deadline.rule['warn_days'], 1)}"
        row.save(update_fields=["stage"])


def plan_what_runs(apps: Any, shipped: dict[str, dict[str, Any]]) -> None:
    days = apps.get_model("deadlines", "Holiday").objects.values_list("day", "kind")
    off = frozenset(day for day, kind in days if kind == "off")
    calendar = Calendar(off, frozenset(day for day, kind in days if kind == "work"), frozenset())
    deadlines = apps.get_model("deadlines", "Deadline").objects
    for code, row in shipped.items():
        deadlines.filter(term__code=code).update(whose=row["whose"])
    running = deadlines.filter(met_on=None, cancelled_at=None)
    for deadline in running.iterator(chunk_size=500):
        row = shipped.get(deadline.rule["code"], {})
        deadline.rule = deadline.rule | {name: row[name] for name in NEW[1:] if name in row}
        deadline.event = deadline.rule["trigger"]
        wanted = stages.from_json(deadline.rule.get("stages", []))
        deadline.plan = stages.plan(
            wanted, deadline.due_on, deadline.due_set_on, rule_of(deadline.rule), calendar
        )
        deadline.remind_on = date.fromisoformat(deadline.plan[0]["on"]) if deadline.plan else None
        deadline.save(update_fields=["rule", "event", "plan", "remind_on"])


class Migration(migrations.Migration):
    dependencies = [("deadlines", "0004_stages_changes_and_company")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
