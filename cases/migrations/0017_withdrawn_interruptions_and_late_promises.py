import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from core.triggers import append_only


VOIDING = "'{voided_at,voided_by_id,void_reason}'::text[]"
# an obstacle is confirmed while it lasts; the day on which it was removed is written once
CONFIRMED = "OLD.confirmed_at IS NOT NULL AND (OLD.kind <> 'obstacle' OR OLD.removed_on IS NOT NULL)"
# what is confirmed can still be voided, once, and nothing else of it changes
ONLY_VOIDED = f"NEW.voided_at IS NOT NULL AND to_jsonb(NEW) - {VOIDING} = to_jsonb(OLD) - {VOIDING}"

# the trigger of 0010, for the way back
BEFORE = append_only(
    "cases_limitationevent",
    once=f"TG_OP = 'DELETE' OR ({CONFIRMED})",
    sentence="时效中断、中止记录确认后不能改动，请另行登记",
)


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0016_subscriptions'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='limitationevent',
            name='limitation_event_once_per_source',
        ),
        migrations.AddField(
            model_name='limitation',
            name='promised_on',
            field=models.DateField(blank=True, editable=False, null=True, verbose_name='届满后同意履行日期'),
        ),
        migrations.AddField(
            model_name='limitationevent',
            name='void_reason',
            field=models.CharField(blank=True, max_length=200, verbose_name='撤销理由'),
        ),
        migrations.AddField(
            model_name='limitationevent',
            name='voided_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='撤销时间'),
        ),
        migrations.AddField(
            model_name='limitationevent',
            name='voided_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='撤销人'),
        ),
        migrations.AddConstraint(
            model_name='limitationevent',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('void_reason', ''), ('voided_at', None), ('voided_by', None)), models.Q(('voided_at__isnull', False), ('voided_by__isnull', False), models.Q(('void_reason', ''), _negated=True)), _connector='OR'), name='limitation_event_voided_whole', violation_error_message='撤销时效事由要写明理由。'),
        ),
        migrations.AddConstraint(
            model_name='limitationevent',
            constraint=models.UniqueConstraint(condition=models.Q(models.Q(('source', ''), _negated=True), ('voided_at', None)), fields=('case', 'source', 'on'), name='limitation_event_once_per_source', violation_error_message='这一条已经登记为时效事由，请刷新页面。'),
        ),
        migrations.RunSQL(
            "DROP TRIGGER cases_limitationevent_append_only ON cases_limitationevent;"
            " DROP FUNCTION cases_limitationevent_append_only();",
            BEFORE.sql,
        ),
        append_only(
            "cases_limitationevent",
            once=f"TG_OP = 'DELETE' OR OLD.voided_at IS NOT NULL OR ({CONFIRMED} AND NOT ({ONLY_VOIDED}))",
            sentence="时效中断、中止记录确认后不能改动，只能撤销后另行登记",
        ),
    ]
