from django.db import migrations

from core.triggers import append_only

SENTENCE = "期限的中止、延期和转办记录只增不改"


class Migration(migrations.Migration):
    dependencies = [("deadlines", "0001_initial")]
    operations = [
        append_only(
            "deadlines_deadlinepause",
            once="TG_OP = 'DELETE' OR OLD.resumed_at IS NOT NULL",
            sentence=SENTENCE,
        ),
        append_only("deadlines_deadlineextension", sentence=SENTENCE),
        append_only("deadlines_deadlinehandover", sentence=SENTENCE),
    ]
