from tests.access.matrix import REST, Row
from tests.notifications.factories import NotificationFactory


def the_prosecutors_notice(cast):
    return {"pk": NotificationFactory(recipient=cast.prosecutor).pk}


ROWS = [
    Row("notifications:list", get=200),
    Row("notifications:list", get=200, query="view=all"),
    Row("notifications:mark_all", post=302),
    Row("notifications:mark_one", the_prosecutors_notice, post=[(302, "prosecutor"), (404, REST)]),
]
