import django.db.models.deletion
from django.db import migrations, models

from core.triggers import append_only

# an obstacle is confirmed while it lasts; the day on which it was removed is written once
CONFIRMED = "OLD.confirmed_at IS NOT NULL AND (OLD.kind <> 'obstacle' OR OLD.removed_on IS NOT NULL)"


class Migration(migrations.Migration):
    dependencies = [("cases", "0009_interruptions_of_cases")]
    operations = [
        migrations.RemoveField(model_name="limitationevent", name="review"),
        migrations.AlterField(
            model_name="limitationevent",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="limitation_events", to="cases.case"
            ),
        ),
        append_only(
            "cases_limitationevent",
            once=f"TG_OP = 'DELETE' OR ({CONFIRMED})",
            sentence="时效中断、中止记录确认后不能改动，请另行登记",
        ),
        append_only("cases_datecorrection", sentence="日期更正记录只增不改"),
        append_only(
            "cases_occurrence",
            once="TG_OP = 'DELETE' OR OLD.removed_at IS NOT NULL",
            sentence="程序事件不能删除，撤销后不能改动",
        ),
    ]
