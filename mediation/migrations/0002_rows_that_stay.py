from django.db import migrations

from core.triggers import append_only

OPEN_ROUND = "(TG_OP = 'DELETE' OR OLD.round_id IS NOT NULL)"


class Migration(migrations.Migration):
    dependencies = [("mediation", "0001_initial")]

    operations = [
        append_only("mediation_session", sentence="调解会记录不能改动，请另行登记"),
        append_only("mediation_agreement", once=OPEN_ROUND, sentence="和解协议不能改动"),
        append_only("mediation_agreementshare", sentence="协议金额不能改动"),
    ]
