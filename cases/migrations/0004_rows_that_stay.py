"""What never changes (decisions.md 5), and Σ allocations = recovery (decisions.md 18)."""

from django.db import migrations

from core.triggers import append_only

VERIFIED = "EXISTS (SELECT 1 FROM cases_recovery r WHERE r.id = OLD.recovery_id AND r.verified_at IS NOT NULL)"

SUM_MUST_FIT = migrations.RunSQL(
    """
    CREATE FUNCTION cases_recovery_is_allocated() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        which bigint;
        whole numeric;
        parts numeric;
    BEGIN
        IF TG_TABLE_NAME = 'cases_recovery' THEN
            which := NEW.id;
        ELSIF TG_OP = 'DELETE' THEN
            which := OLD.recovery_id;
        ELSE
            which := NEW.recovery_id;
        END IF;
        SELECT amount INTO whole FROM cases_recovery WHERE id = which;
        SELECT coalesce(sum(amount), 0) INTO parts FROM cases_allocation WHERE recovery_id = which;
        IF whole IS NOT NULL AND whole <> parts THEN
            RAISE EXCEPTION '分配合计与到账金额不一致'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'recovery_is_allocated';
        END IF;
        RETURN NULL;
    END $$;
    CREATE CONSTRAINT TRIGGER cases_recovery_is_allocated AFTER INSERT OR UPDATE ON cases_recovery
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION cases_recovery_is_allocated();
    CREATE CONSTRAINT TRIGGER cases_allocation_fits AFTER INSERT OR UPDATE OR DELETE ON cases_allocation
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION cases_recovery_is_allocated();
    """,
    """
    DROP TRIGGER cases_allocation_fits ON cases_allocation;
    DROP TRIGGER cases_recovery_is_allocated ON cases_recovery;
    DROP FUNCTION cases_recovery_is_allocated();
    """,
)


class Migration(migrations.Migration):
    dependencies = [("cases", "0003_links_and_constraints")]

    operations = [
        append_only("cases_caseevent", sentence="流程记录不能改动"),
        append_only("cases_consent", sentence="自愿申请承诺不能改动，请另行登记"),
        append_only("cases_limitationevent", sentence="时效中断记录不能改动，请另行登记"),
        append_only("cases_acceptance", sentence="受理决定不能改动"),
        append_only("cases_decision", sentence="决定不能改动"),
        append_only("cases_proposal", sentence="送审的处理意见不能改动，请退回后重新提出"),
        append_only("cases_recovery", once="OLD.verified_at IS NOT NULL", sentence="已核对的到账不能改动，请冲正"),
        append_only("cases_allocation", once=VERIFIED, sentence="已核对的到账不能改动，请冲正"),
        SUM_MUST_FIT,
    ]
