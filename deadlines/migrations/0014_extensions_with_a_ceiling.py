from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from core.triggers import append_only

TABLE = "deadlines_deadlineextension"
SENTENCE = "期限的中止、延期和转办记录只增不改"
SAME = "(NEW.deadline_id, NEW.seq, NEW.days, NEW.months, NEW.until, NEW.reason, NEW.above, NEW.extended_by_id)"
OTHER = f"{SAME} IS DISTINCT FROM {SAME.replace('NEW.', 'OLD.')}"
# a wrong row is voided once, with what stood in it
FROZEN = f"TG_OP = 'DELETE' OR OLD.voided_at IS NOT NULL OR NEW.voided_at IS NULL OR {OTHER}"

# as shipped on the day of this migration: code → length, unit, more by a higher authority, free text
CEILINGS = {
    "C5": (6, "month", True, "经本院院长批准可延长 6 个月；再延长须报上级法院批准"),
    "C6": (1, "month", False, "经本院院长批准可延长 1 个月"),
    "C7": (1, "month", False, "经本院院长批准可延长 1 个月"),
    "C15": (10, "day", False, "有特殊情况经本院院长批准可延长 10 日（旧规定，待核）"),
    "A2": (15, "day", False, "案情复杂经批准可延长 15 日"),
    "I1": (30, "working_day", False, "情况复杂经批准可延长 30 个工作日"),
}
NEW_TEXT = {"C5": "经本院院长批准可延长 6 个月", "C15": ""}  # code → what was shipped before
RUNNING = """
UPDATE deadlines_deadline SET rule = rule || jsonb_build_object(
    'extension_length', %s::int, 'extension_unit', %s::text, 'extension_above', %s::boolean, 'extension', %s::text)
WHERE rule->>'code' = %s AND rule->>'unit' = %s
"""
# an office may have a C15 of its own that gains nothing
GAINED = " AND term_id IN (SELECT id FROM deadlines_term WHERE extension_length IS NOT NULL)"
UNITS = {"C5": "month", "C6": "month", "C7": "month", "C15": "day", "A2": "day", "I1": "working_day"}


def fill(apps: Any, schema_editor: Any) -> None:
    """Rules that say they can be prolonged learn by how much; a rule that an office forbade to prolong stays so."""
    terms = apps.get_model("deadlines", "Term").objects
    for code, (length, unit, above, text) in CEILINGS.items():
        for term in terms.filter(code=code, unit=UNITS[code]):
            if not _keeps_or_gains(term, code):
                continue
            term.extension_length, term.extension_unit, term.extension_above = length, unit, above
            if term.extension == NEW_TEXT.get(code):
                term.extension = text
            term.save(update_fields=["extension_length", "extension_unit", "extension_above", "extension"])
        # the free text of a running clock: its own where it says something else than what was shipped
        with schema_editor.connection.cursor() as cursor:
            kept = NEW_TEXT.get(code, text)
            cursor.execute(
                f"{RUNNING} AND rule->>'extension' = %s{'' if kept else GAINED}", [length, unit, above, text, code, UNITS[code], kept]
            )
            cursor.execute(
                "UPDATE deadlines_deadline SET rule = rule || jsonb_build_object("
                "'extension_length', %s::int, 'extension_unit', %s::text, 'extension_above', %s::boolean)"
                " WHERE rule->>'code' = %s AND rule->>'unit' = %s AND rule->>'extension' NOT IN ('', %s)"
                " AND NOT rule ? 'extension_length'",
                [length, unit, above, code, UNITS[code], kept],
            )


def _keeps_or_gains(term: Any, code: str) -> bool:
    """C15 was shipped without an extension: the general row gains it as long as nobody has changed it."""
    return bool(term.extension) or (code == "C15" and term.organisation_id is None and term.version == 1)


class Migration(migrations.Migration):
    dependencies = [
        ("deadlines", "0013_lists_hearers_and_confirmations"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(
            f"DROP TRIGGER {TABLE}_append_only ON {TABLE}; DROP FUNCTION {TABLE}_append_only();",
            append_only(TABLE, sentence=SENTENCE).sql,
        ),
        migrations.RemoveConstraint(
            model_name='deadlineextension',
            name='deadline_extension_one_way',
        ),
        migrations.AddField(
            model_name='deadlineextension',
            name='above',
            field=models.BooleanField(default=False, verbose_name='上级批准再延长'),
        ),
        migrations.AddField(
            model_name='deadlineextension',
            name='months',
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='延长月数'),
        ),
        migrations.AddField(
            model_name='deadlineextension',
            name='void_reason',
            field=models.CharField(blank=True, max_length=200, verbose_name='作废事由'),
        ),
        migrations.AddField(
            model_name='deadlineextension',
            name='voided_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='作废时间'),
        ),
        migrations.AddField(
            model_name='deadlineextension',
            name='voided_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='作废登记人'),
        ),
        migrations.AddField(
            model_name='term',
            name='extension_above',
            field=models.BooleanField(default=False, help_text='超过上限的，上级批准后可以登记', verbose_name='再延长可报上级批准'),
        ),
        migrations.AddField(
            model_name='term',
            name='extension_length',
            field=models.PositiveSmallIntegerField(blank=True, help_text='留空表示没有规定上限', null=True, verbose_name='最长可延长'),
        ),
        migrations.AddField(
            model_name='term',
            name='extension_unit',
            field=models.CharField(blank=True, choices=[('day', '自然日'), ('working_day', '工作日'), ('month', '月'), ('year', '年'), ('hour', '小时')], max_length=12, verbose_name='延长的单位'),
        ),
        migrations.AddConstraint(
            model_name='deadlineextension',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('days__gt', 0), ('days__isnull', False), ('months', None), ('until', None)), models.Q(('days', None), ('months__gt', 0), ('months__isnull', False), ('until', None)), models.Q(('days', None), ('months', None), ('until__isnull', False)), _connector='OR'), name='deadline_extension_one_way', violation_error_message='延长天数和延至日期请填其中一个。'),
        ),
        migrations.AddConstraint(
            model_name='deadlineextension',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('void_reason', ''), ('voided_at', None), ('voided_by', None)), models.Q(('voided_at__isnull', False), ('voided_by__isnull', False), models.Q(('void_reason', ''), _negated=True)), _connector='OR'), name='deadline_extension_voided_whole', violation_error_message='撤销延长要写明理由。'),
        ),
        migrations.AddConstraint(
            model_name='term',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('extension_length', None), ('extension_unit', '')), models.Q(('extension_length__gt', 0), ('extension_unit__in', ['day', 'working_day', 'month'])), _connector='OR'), name='term_extension_whole', violation_error_message='最长可延长的数字和单位请一起填，单位是自然日、工作日或者月。'),
        ),
        migrations.AlterConstraint(
            model_name='deadlineextension',
            name='deadline_extension_has_reason',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='deadline_extension_has_reason', violation_error_message='还没填延长事由。'),
        ),
        append_only(TABLE, once=FROZEN, sentence=SENTENCE),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
