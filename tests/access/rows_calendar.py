"""日程、日历订阅、加入日历. The feed itself has no session: the secret in its address is the right to it."""

from deadlines import feeds
from tests.access.matrix import ALL_OFFICES, OFFICE, OUTSIDERS, PEOPLE, REST, Row
from tests.deadlines.factories import CalendarFeedFactory, DeadlineFactory


def a_feed(cast):
    return {"pk": CalendarFeedFactory(user=cast.prosecutor).pk}


def an_open_feed(cast):
    secret = feeds.create(name="办公电脑", by=cast.prosecutor)[1]
    return {"secret": secret}


def no_feed(cast):
    return {"secret": "A" * 43}


def a_deadline(cast):
    return {"pk": DeadlineFactory(responsible=cast.prosecutor).pk}


def a_partners_deadline(cast):
    return {"pk": DeadlineFactory(organisation=cast.office, responsible=cast.legalaid).pk}


EVERYBODY = (*OUTSIDERS, *PEOPLE)

ROWS = [
    Row("dashboard:calendar", get=[(200, ALL_OFFICES), (403, REST)]),
    Row("dashboard:calendar", query="view=week&print=1", get=[(200, ALL_OFFICES), (403, REST)]),
    Row("deadlines:feeds", get=[(200, ALL_OFFICES), (403, REST)], post=[(422, ALL_OFFICES), (403, REST)]),
    Row(
        "deadlines:feed_revoke",
        a_feed,
        get=[(405, ALL_OFFICES), (403, REST)],
        post=[(302, "prosecutor"), (404, ALL_OFFICES), (403, REST)],
    ),
    Row("deadlines:feed", an_open_feed, get=[(200, EVERYBODY)], public=True),
    Row("deadlines:feed", no_feed, get=[(404, EVERYBODY)], public=True),
    Row("deadlines:event", a_deadline, get=[(200, OFFICE), (404, REST)]),
    Row("deadlines:event", a_partners_deadline, get=[(200, (*OFFICE, "legalaid")), (404, REST)]),
]
