from django.db import migrations, models

from core.triggers import append_only

SENTENCE = "期限的更正、撤销、重算和规则变更记录只增不改"


class Migration(migrations.Migration):
    dependencies = [("deadlines", "0005_stages_of_what_runs")]
    operations = [
        migrations.AddConstraint(
            model_name='reminder',
            constraint=models.CheckConstraint(condition=models.Q(('stage__regex', '^(d0|[ab][1-9][0-9]{0,3})$')), name='reminder_stage_is_known', violation_error_message='提醒阶段不在列表里。'),
        ),
        migrations.AddConstraint(
            model_name='term',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('pause_events', []), ('stops', False)), models.Q(('stops', True), models.Q(('pause_events', []), _negated=True)), _connector='OR'), name='term_stops_on_something', violation_error_message='期间停止计算的，请选至少一种事由；不停止计算的，请全部取消。'),
        ),
        *(
            append_only(table, sentence=SENTENCE)
            for table in (
                "deadlines_deadlinecorrection",
                "deadlines_deadlinereopening",
                "deadlines_termchange",
                "deadlines_holidaychange",
                "deadlines_taskchange",
                "deadlines_urge",
            )
        ),
        append_only(
            "deadlines_deadlinerecount",
            once="TG_OP = 'DELETE' OR OLD.told_at IS NOT NULL",
            sentence=SENTENCE,
        ),
    ]
