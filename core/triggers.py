"""SQL for rows that never change (只增不改). Used in migrations; the database refuses update and delete."""

from django.db import migrations


def append_only(table: str, *, once: str = "", sentence: str) -> migrations.RunSQL:
    """A migration operation: `table` refuses DELETE and UPDATE.

    With `once` (an SQL condition on OLD, e.g. "OLD.acted_at IS NOT NULL") only rows that fulfil it freeze.
    """
    condition = once or "TRUE"
    name = f"{table}_append_only"
    return migrations.RunSQL(
        f"""
        CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF {condition} THEN
                RAISE EXCEPTION '{sentence}' USING ERRCODE = 'restrict_violation';
            END IF;
            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
            RETURN NEW;
        END $$;
        CREATE TRIGGER {name} BEFORE UPDATE OR DELETE ON {table}
            FOR EACH ROW EXECUTE FUNCTION {name}();
        """,
        f"DROP TRIGGER {name} ON {table}; DROP FUNCTION {name}();",
    )


def never_truncated(table: str, *, sentence: str) -> migrations.RunSQL:
    """A migration operation: `table` refuses TRUNCATE, which row triggers do not see."""
    name = f"{table}_no_truncate"
    return migrations.RunSQL(
        f"""
        CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION '{sentence}' USING ERRCODE = 'restrict_violation';
        END $$;
        CREATE TRIGGER {name} BEFORE TRUNCATE ON {table}
            FOR EACH STATEMENT EXECUTE FUNCTION {name}();
        """,
        f"DROP TRIGGER {name} ON {table}; DROP FUNCTION {name}();",
    )
