"""Who read, who handed over and what was quoted stays as it was written."""

from django.db import migrations

from core.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [("approvals", "0003_readings_hand_overs_countersigners")]

    operations = [
        append_only("approvals_reading", sentence="阅读记录写下后不能改动"),
        append_only("approvals_handover", sentence="转办记录写下后不能改动"),
        append_only("approvals_quote", sentence="引用的原文写下后不能改动"),
    ]
