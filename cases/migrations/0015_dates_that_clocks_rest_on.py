from typing import Any

from django.db import migrations

TABLE = "deadlines_deadlinepause"
REVIEW = ("P6a", "P6b")
CASE = "filing__case"
# code of the clock: (model or None for the case itself, the way to the case, the field of the day, the key's name)
RESTS = {
    "P3": [(None, "", "received_on", "received_on"), ("Supplement", "case", "completed_on", "supplement")],
    "P3S": [("Supplement", "case", "due_on", "supplement_due")],
    "P4": [(None, "", "accepted_on", "accepted_on")],
    "P6a": [(None, "", "accepted_on", "accepted_on")],
    "P6b": [(None, "", "accepted_on", "accepted_on")],
    "P7": [(None, "", "decided_on", "decided_on")],
    **{code: [("Filing", "case", "filed_on", "filing")] for code in ("C2", "C5", "C6", "C7")},
    "C4": [("Hearing", CASE, "held_at__date", "hearing")],
    **{code: [("Judgment", CASE, "last_served_on", "judgment_served")] for code in ("C8", "C9")},
    **{code: [("Judgment", CASE, "performance_due_on", "performance")] for code in ("C18", "P14")},
    "C19": [("Enforcement", "case", "applied_on", "enforcement")],
    "P14N": [("FollowUp", "case", "on", "follow_up")],
    "A1": [("Arbitration", "case", "applied_on", "arbitration")],
    "A3": [("Arbitration", "case", "received_on", "arbitration_received")],
}
# event → why it stops clocks, and its end; as the table of events had it when the keys were introduced
STOPS = {
    "announced": ("announcement", "announcement_over"),
    "appraisal_began": ("appraisal", "appraisal_ended"),
    "jurisdiction_raised": ("jurisdiction", "jurisdiction_settled"),
    "settling_began": ("mediation", "settling_ended"),
    "trial_stopped": ("suspension", "trial_resumed"),
    "board_appraisal_began": ("appraisal", "board_appraisal_ended"),
    "board_stopped": ("suspension", "board_resumed"),
    "files_asked": ("retrieval", "files_read"),
    "audit_began": ("appraisal", "audit_ended"),
    "expert_asked": ("expert", "expert_answered"),
}
OF_REVIEW = {"files_asked", "audit_began", "expert_asked"}
OF_BOARD = {"board_appraisal_began", "board_stopped"}


def name_dates(apps: Any, schema_editor: Any) -> None:
    """Clocks and pauses of the time before learn which stated date they rest on, where only one can be meant."""
    for link in apps.get_model("cases", "CaseDeadline").objects.filter(rests_on="").select_related(
        "case", "deadline__term"
    ):
        keys = list(_clock_keys(apps, link))
        if len(keys) == 1:
            link.rests_on = keys[0]
            link.save(update_fields=["rests_on"])
    pauses = apps.get_model("deadlines", "DeadlinePause")
    for row in pauses.objects.filter(begun_by="", deadline__case_link__isnull=False).select_related(
        "deadline__term", "deadline__case_link"
    ):
        begun, ended = _pause_keys(apps, row)
        if len(begun) == 1:
            row.begun_by = begun[0]
        if len(ended) == 1:
            row.ended_by = ended[0]
        if row.begun_by or row.ended_by:
            row.save(update_fields=["begun_by", "ended_by"])


def _clock_keys(apps: Any, link: Any) -> Any:
    day = link.deadline.starts_on
    for model, way, field, name in RESTS.get(link.deadline.term.code, []):
        if model is None:
            if getattr(link.case, field) == day:
                yield name
            continue
        rows = apps.get_model("cases", model).objects.filter(**{way: link.case, field: day})
        yield from (f"{name}-{pk}" for pk in rows.values_list("pk", flat=True))


def _pause_keys(apps: Any, row: Any) -> tuple[list[str], list[str]]:
    case, code = row.deadline.case_link.case_id, row.deadline.term.code
    events = apps.get_model("cases", "Occurrence").objects.filter(case=case, removed_at=None)
    kinds = [kind for kind, (cause, _) in STOPS.items() if cause == row.cause and _stops(kind, code)]
    ends = [STOPS[kind][1] for kind in kinds]
    begun = [f"occurrence-{one.pk}" for one in events.filter(kind__in=kinds, on=row.paused_on)]
    ended = [f"occurrence-{one.pk}" for one in events.filter(kind__in=ends, on=row.resumed_on)]
    if row.cause == "suspension" and code in REVIEW:
        own = apps.get_model("cases", "Suspension").objects.filter(case=case)
        begun += [f"suspension-{one.pk}" for one in own.filter(starts_on=row.paused_on)]
        ended += [f"suspension_end-{one.pk}" for one in own.filter(lifted_on=row.resumed_on, lifted_on__isnull=False)]
    return begun, ended


def _stops(kind: str, code: str) -> bool:
    if kind in OF_REVIEW:
        return code in REVIEW
    return code == "A2" if kind in OF_BOARD else code in ("C5", "C6", "C7", "C10", "C10R")


class Migration(migrations.Migration):
    dependencies = [("cases", "0014_what_was_announced"), ("deadlines", "0012_several_causes_of_a_pause")]
    operations = [
        # a pause that has ended does not change; here it only learns what it belongs to
        migrations.RunSQL(f"ALTER TABLE {TABLE} DISABLE TRIGGER {TABLE}_append_only", migrations.RunSQL.noop),
        migrations.RunPython(name_dates, migrations.RunPython.noop),
        migrations.RunSQL(f"ALTER TABLE {TABLE} ENABLE TRIGGER {TABLE}_append_only", migrations.RunSQL.noop),
    ]
