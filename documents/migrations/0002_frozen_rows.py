"""What has left the house does not change: versions, issues, finished files, given numbers."""

from django.db import migrations

from core.triggers import append_only

NUMBER_CHANGED = (
    "TG_OP = 'DELETE' OR OLD.voided_at IS NOT NULL OR "
    "(NEW.series_id, NEW.seq, NEW.text, NEW.taken_by_id, NEW.taken_at) IS DISTINCT FROM "
    "(OLD.series_id, OLD.seq, OLD.text, OLD.taken_by_id, OLD.taken_at)"
)
ISSUED_DOCUMENT_CHANGED = (
    "OLD.status = 'void' OR OLD.status = 'issued' AND (TG_OP = 'DELETE' OR NEW.status <> 'void' OR "
    "(NEW.organisation_id, NEW.kind, NEW.title, NEW.created_by_id, NEW.created_at) IS DISTINCT FROM "
    "(OLD.organisation_id, OLD.kind, OLD.title, OLD.created_by_id, OLD.created_at))"
)


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial")]

    operations = [
        append_only("documents_version", sentence="文书版本只增不改。"),
        append_only("documents_issue", sentence="已签发的文书不能改。"),
        append_only(
            "documents_document", once=ISSUED_DOCUMENT_CHANGED, sentence="已签发的文书只能作废，不能改。"
        ),
        append_only("documents_number", once=NUMBER_CHANGED, sentence="文号只能作废，不能改，不能删。"),
        append_only(
            "documents_numberseries",
            once="TG_OP = 'DELETE' OR NEW.last < OLD.last",
            sentence="编号序列只能向前。",
        ),
        append_only(
            "documents_rendition", once="OLD.done_at IS NOT NULL", sentence="已生成的文书文件不能改。"
        ),
        append_only("documents_attachment", once="TG_OP = 'UPDATE'", sentence="附件不能改，请另传一份。"),
    ]
