from django.db import migrations

from core.triggers import append_only

TABLE = "mediation_agreement"
SENTENCE = "和解协议不能改动"
OPEN_ROUND = "(TG_OP = 'DELETE' OR OLD.round_id IS NOT NULL)"
# 生效日期 may be put right (cases.correction keeps the old one): 司法确认 runs from it
OTHERS = "(to_jsonb(NEW) - 'effective_on') IS DISTINCT FROM (to_jsonb(OLD) - 'effective_on')"
DROP = f"DROP TRIGGER {TABLE}_append_only ON {TABLE}; DROP FUNCTION {TABLE}_append_only();"


class Migration(migrations.Migration):
    dependencies = [("mediation", "0002_rows_that_stay")]

    operations = [
        migrations.RunSQL(DROP, append_only(TABLE, once=OPEN_ROUND, sentence=SENTENCE).sql),
        append_only(TABLE, once=f"TG_OP = 'DELETE' OR (OLD.round_id IS NOT NULL AND {OTHERS})", sentence=SENTENCE),
    ]
