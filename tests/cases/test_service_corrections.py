"""更正送达日期: previewed, on record, and the clocks follow."""

from datetime import timedelta

import pytest

from cases import clocks
from cases.correction.actions import correct
from cases.correction.dates import stated_dates
from cases.correction.preview import preview
from cases.models import DateCorrection
from cases.service import actions
from cases.workflow import Stage
from core import clock
from core.refusals import Refused
from tests.cases.serving import accepted, people_of, post, sign, suggestion
from tests.cast import client_for


@pytest.fixture
def later():
    """Four days after the paper was issued."""
    return clock.now() + timedelta(days=4)


def ago(days):
    return clock.today() - timedelta(days=days)


def put_right(case, key, on, *, by):
    seen = preview(case, stated_dates(case)[key], on).seen
    return correct(case, what=key, on=on, reason="回证上的日期", seen=seen, by=by)


def test_a_corrected_service_moves_the_day_on_which_the_clock_was_met(cast, later):
    case, document = accepted(cast)
    with clock.travel(later):
        rows = [sign(case, document, one, by=cast.clerk, on=ago(2)) for one in people_of(document)]
        listed = preview(case, stated_dates(case)[rows[0].date_key], ago(1)).changes
        assert [each.fixed for each in listed] == [
            f"办结日期从 {ago(2)} 改为 {ago(1)}（以最后一名受送达人为准）"
        ]
        put_right(case, rows[0].date_key, ago(1), by=cast.prosecutor)
        (met,) = clocks.of_code(case, "P4")
        rows[0].refresh_from_db()
        record = DateCorrection.objects.get()
    assert (met.met_on, rows[0].served_on, rows[0].sent_on) == (ago(-3), ago(-3), ago(-3))
    assert (record.old, record.new, people_of(document)[0].name in record.label) == (ago(-2), ago(-3), False)


def test_a_corrected_service_moves_the_reply_clock(cast, later):
    case, document = suggestion(cast)
    with clock.travel(later):
        row = sign(case, document, people_of(document)[0], by=cast.clerk)
        put_right(case, row.date_key, ago(3), by=cast.prosecutor)
        (reply,) = clocks.of_code(case, "P10")
        assert reply.starts_on == ago(3)


@pytest.mark.parametrize(("days", "sentence"), [(9, "早于签发日期"), (-1, "还没到"), (0, "没有变化")])
def test_a_service_is_not_moved_before_the_issue_or_into_the_future(cast, later, days, sentence):
    case, document = accepted(cast)
    with clock.travel(later):
        row = sign(case, document, people_of(document)[0], by=cast.clerk)
        with pytest.raises(Refused, match=sentence):
            put_right(case, row.date_key, ago(days), by=cast.prosecutor)
    assert DateCorrection.objects.count() == 0


def test_mail_is_not_signed_for_before_it_was_sent(cast, later):
    case, document = accepted(cast)
    with clock.travel(later):
        row = post(case, document, people_of(document)[0], by=cast.clerk, on=ago(1))
        facts = {"received_by": row.to.name, "capacity": "self"}
        actions.signed(case, document, one=row.pk, served_on=clock.today(), by=cast.clerk, **facts)
        with pytest.raises(Refused, match="早于送出日期"):
            put_right(case, row.date_key, ago(2), by=cast.prosecutor)


def test_the_page_lists_first_and_works_after_the_case_has_ended(cast, later):
    case, document = accepted(cast)
    with clock.travel(later):
        row = sign(case, document, people_of(document)[0], by=cast.clerk)
        type(case).objects.filter(pk=case.pk).update(stage=Stage.DECLINED)
        client = client_for(cast.prosecutor)
        url = f"/cases/{case.code}/corrections/{row.date_key}/"
        shown = client.get(url, {"on": ago(1).isoformat()})
        assert (shown.status_code, "本案另" in shown.content.decode()) == (200, False)
        seen = shown.context["preview"].seen
        saved = client.post(f"{url}?on={ago(1)}", {"reason": "回证上的日期", "seen": seen})
        row.refresh_from_db()
        assert (saved.status_code, row.served_on) == (302, ago(1))
