from django.db import migrations

from core.triggers import append_only, never_truncated

TABLES = {
    "audit_entry": "操作日志只能追加，不能修改或删除。",
    "audit_seal": "日志封存只能追加，不能修改或删除。",
    "audit_sealedentry": "日志封存只能追加，不能修改或删除。",
}


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [
        operation
        for table, sentence in TABLES.items()
        for operation in (append_only(table, sentence=sentence), never_truncated(table, sentence=sentence))
    ]
