"""What was issued gets no further text, what is in approval no other; which paper a correction corrects stays."""

from django.db import migrations

CLOSED = """
CREATE FUNCTION documents_version_closed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE paper documents_document; submitted text;
BEGIN
    SELECT * INTO paper FROM documents_document WHERE id = NEW.document_id;
    IF paper.status = 'void' OR EXISTS (SELECT 1 FROM documents_issue WHERE document_id = NEW.document_id) THEN
        RAISE EXCEPTION '已签发或者作废的文书不能再加新稿。' USING ERRCODE = 'restrict_violation';
    END IF;
    SELECT content_hash INTO submitted FROM documents_version
        WHERE document_id = NEW.document_id ORDER BY n DESC LIMIT 1;
    IF paper.status = 'in_approval' AND submitted IS NOT NULL AND submitted <> NEW.content_hash THEN
        RAISE EXCEPTION '审批中的文书不能改，请先撤回送审。' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER documents_version_closed BEFORE INSERT ON documents_version
    FOR EACH ROW EXECUTE FUNCTION documents_version_closed();
"""
OPEN = "DROP TRIGGER documents_version_closed ON documents_version; DROP FUNCTION documents_version_closed();"

FROZEN = """
CREATE OR REPLACE FUNCTION documents_document_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.status = 'void' OR OLD.status = 'issued' AND (TG_OP = 'DELETE' OR NEW.status <> 'void' OR
        (NEW.organisation_id, NEW.kind, NEW.title, NEW.created_by_id, NEW.created_at{columns}) IS DISTINCT FROM
        (OLD.organisation_id, OLD.kind, OLD.title, OLD.created_by_id, OLD.created_at{before})) THEN
        RAISE EXCEPTION '已签发的文书只能作废，不能改。' USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("documents", "0005_corrections")]

    operations = [
        migrations.RunSQL(CLOSED, OPEN),
        migrations.RunSQL(
            FROZEN.format(columns=", NEW.corrects_id", before=", OLD.corrects_id"),
            FROZEN.format(columns="", before=""),
        ),
    ]
