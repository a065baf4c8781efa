"""What never changes in a lead (decisions.md 5), and the period of its supplement."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from core.triggers import append_only
from deadlines.reference import seed_terms


def add_missing_terms(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    seed_terms(apps)


class Migration(migrations.Migration):
    dependencies = [("referrals", "0001_initial"), ("deadlines", "0003_reference_data")]

    operations = [
        append_only("referrals_referralevent", sentence="线索流程记录不能改动"),
        append_only("referrals_referralsubmission", sentence="线索的提交记录不能改动"),
        append_only("referrals_referraloutcome", sentence="线索处理结果不能改动"),
        append_only(
            "referrals_returnnote", once="OLD.supplemented_at IS NOT NULL", sentence="已补正的通知不能改动"
        ),
        migrations.RunPython(add_missing_terms, migrations.RunPython.noop),
    ]
