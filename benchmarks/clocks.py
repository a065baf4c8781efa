"""A million open deadlines: desk and reminder scan; twenty thousand: recount. Beside bare SQL, and rolled back."""

import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.test import Client

from accounts.models import Organisation, User
from accounts.permissions import Role
from benchmarks.recounts import recounts
from benchmarks.table import Line, compare
from benchmarks.timing import run, timed, timed_and_undone
from core import clock
from deadlines import reminders
from deadlines.models import Deadline, Term

DEADLINES, OFFICES, PEOPLE = 1_000_000, 120, 10
RECOUNTED = (
    20_000  # each is reckoned anew, one by one: a million of them takes half an hour and tells no more
)
SILENT_DAYS = 3

# Due days lie evenly from a month ago to eleven months ahead; the scan has been silent for three days.
FILL = """
INSERT INTO deadlines_deadline (organisation_id, responsible_id, term_id, title, owner_url, rule, kind, whose, stops,
    event, starts_on, due_on, warn_on, due_set_on, sequence, plan, remind_on, explanation, warning, calendar_version,
    paused_days, met_note, cancel_reason, acknowledged, created_at, created_by_id)
SELECT u.organisation_id, u.id, %(term)s, '990000-2026-' || n, '/cases/990000-2026-' || n || '/', %(rule)s::jsonb,
    'internal', 'ours', false, '受理', d.due - 15, d.due, d.due - 3, d.due - 15, 0,
    jsonb_build_array(
        jsonb_build_object('stage', 'b3', 'on', d.due - 3, 'to', '["responsible"]'::jsonb),
        jsonb_build_object('stage', 'd0', 'on', d.due, 'to', '["responsible"]'::jsonb),
        jsonb_build_object('stage', 'a1', 'on', d.due + 1, 'to', '["responsible", "head"]'::jsonb),
        jsonb_build_object('stage', 'a3', 'on', d.due + 3, 'to', '["responsible", "head", "chief"]'::jsonb)),
    (SELECT min(s) FROM unnest(ARRAY[d.due - 3, d.due, d.due + 1, d.due + 3]) AS s WHERE s > %(scanned)s::date),
    '', '', '', 0, '', '', false, now(), u.id
FROM generate_series(1, %(count)s) AS n
CROSS JOIN LATERAL (SELECT %(today)s::date - 30 + (n::bigint * 7919 %% 360)::int AS due) AS d
JOIN LATERAL (SELECT id, organisation_id FROM accounts_user WHERE id = %(first)s + n %% %(people)s) AS u ON true
"""
BARE_SCAN = """
INSERT INTO deadlines_reminder (deadline_id, stage, "to", due_on, planned_on, is_late, created_at, told)
SELECT d.id, s.stage, s."to", d.due_on, s."on", true, now(), 0
FROM deadlines_deadline d CROSS JOIN LATERAL jsonb_to_recordset(d.plan) AS s(stage text, "on" date, "to" jsonb)
WHERE d.met_on IS NULL AND d.cancelled_at IS NULL AND d.paused_on IS NULL
    AND d.remind_on <= %s AND s."on" <= %s AND s."on" >= d.remind_on
"""
BARE_DESK = """
SELECT * FROM deadlines_deadline WHERE {whose} = %s AND met_on IS NULL AND cancelled_at IS NULL
ORDER BY due_on, kind DESC, due_at NULLS LAST, id LIMIT 200
"""


def measure() -> Iterator[Line]:
    with transaction.atomic():
        people = fill(DEADLINES)
        yield from desks(people)
        yield from scans()
        transaction.set_rollback(True)
    with transaction.atomic():
        yield from recounts(fill(RECOUNTED), RECOUNTED)
        transaction.set_rollback(True)


def fill(count: int) -> list[User]:
    """1,200 people of 120 offices with their deadlines; the tables know their statistics afterwards."""
    offices = Organisation.objects.bulk_create(
        Organisation(
            code=f"99{n:04}",
            name=f"测速 {n} 院",
            abbreviation="测",
            kind="procuratorate",
            region_code=f"99{n:04}",
            path=f"99{n:04}/",
        )
        for n in range(OFFICES)
    )
    roles = [Role.DEPARTMENT_HEAD, *[Role.PROSECUTOR] * (PEOPLE - 1)]
    people = User.objects.bulk_create(
        User(username=f"bench-{office.code}-{n}", name=f"测速 {n}", role=role, organisation=office)
        for office in offices
        for n, role in enumerate(roles)
    )
    term, today = Term.objects.get(code="P6a", organisation=None), clock.today()
    rule = Deadline._meta.get_field("rule").get_db_prep_value(term.snapshot(), connection)
    values = {
        "term": term.pk,
        "rule": rule,
        "today": today,
        "scanned": today - timedelta(days=SILENT_DAYS),
        "count": count,
        "first": people[0].pk,
        "people": len(people),
    }
    print(f"▸ 写入 {count} 项期限（测完撤销）", flush=True)
    with connection.cursor() as cursor:
        cursor.execute(FILL, values)
        cursor.execute("ANALYZE deadlines_deadline, accounts_user")
    return people


def desks(people: list[User]) -> Iterator[Line]:
    """Database time of the page beside one statement that fetches the same rows."""
    for who, user, column in [
        ("承办检察官", people[1], "responsible_id"),
        ("部门负责人（全部门）", people[0], "organisation_id"),
    ]:
        browser = Client()
        browser.force_login(user)
        bare = BARE_DESK.format(whose=column)
        whose = user.pk if column == "responsible_id" else user.organisation_id
        counted, spent = queries_of(lambda browser=browser: browser.get("/desk/"))
        _, theirs = compare(lambda: None, lambda bare=bare, whose=whose: run(bare, [whose]))
        name = f"工作台，{DEADLINES:,} 项期限，{who}，{counted} 次查询的数据库时间"
        yield Line(name, spent, theirs, "手写 SQL 取同样的 200 行")


def scans() -> Iterator[Line]:
    """The scan after three silent days, then the scan that finds nothing; each beside its bare statement."""
    today = clock.today()
    theirs = timed_and_undone(lambda: run(BARE_SCAN, [today, today]))
    ours = timed(lambda: reminders.insert_due(today))
    made = run("SELECT count(*) FROM deadlines_reminder WHERE \"created_at\" > now() - interval '1 hour'")[0][
        0
    ]
    yield Line(
        f"停 3 天后的提醒扫描，{DEADLINES:,} 项期限，{made:,} 条提醒",
        ours,
        theirs,
        "一条 INSERT … SELECT，不加锁不去重",
    )
    idle, bare = compare(lambda: reminders.insert_due(today), lambda: run("SELECT 1"))
    yield Line("没有新提醒时的扫描", idle, bare, "SELECT 1")


def queries_of(work: Callable[[], Any], rounds: int = 15) -> tuple[int, float]:
    """How many statements a page needs, and the milliseconds it waits for the database (median)."""
    spent: list[tuple[float, int]] = []
    for _ in range(rounds):
        times: list[float] = []

        def watch(
            execute: Any, sql: Any, params: Any, many: bool, context: Any, times: list[float] = times
        ) -> Any:
            start = time.perf_counter()
            try:
                return execute(sql, params, many, context)
            finally:
                times.append((time.perf_counter() - start) * 1000)

        with connection.execute_wrapper(watch):
            work()
        spent.append((sum(times), len(times)))
    total, counted = sorted(spent)[rounds // 2]
    return counted, total
