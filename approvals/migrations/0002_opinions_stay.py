from django.db import migrations

from core.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [("approvals", "0001_initial")]

    operations = [
        append_only("approvals_approvalstep", once="OLD.acted_at IS NOT NULL", sentence="审批意见写下后不能改动"),
        append_only("approvals_approvalround", once="OLD.status <> 'open'", sentence="结束的审批轮次不能改动"),
    ]
