from tests.access.matrix import REST, Row
from tests.notifications.factories import ChannelFactory, DeliveryFactory, NotificationFactory

ADMIN = "sysadmin"


def the_prosecutors_notice(cast):
    return {"pk": NotificationFactory(recipient=cast.prosecutor).pk}


def a_group(cast):
    return {"pk": ChannelFactory(organisation=cast.office, created_by=cast.sysadmin).pk}


def a_group_elsewhere(cast):
    return {"pk": ChannelFactory(organisation=cast.other_office, created_by=cast.sysadmin).pk}


def a_failed_delivery(cast):
    return {"pk": DeliveryFactory(notification__recipient=cast.prosecutor, failed=True).pk}


def a_failed_delivery_elsewhere(cast):
    return {"pk": DeliveryFactory(notification__recipient=cast.other, failed=True).pk}


ROWS = [
    Row("notifications:list", get=200),
    Row("notifications:list", get=200, query="view=all"),
    Row("notifications:mark_all", post=302),
    Row("notifications:mark_one", the_prosecutors_notice, post=[(302, "prosecutor"), (404, REST)]),
    Row("notifications:preferences", get=200, post=422),
    Row("notifications:channels", get=[(200, ADMIN), (403, REST)]),
    Row("notifications:channel_new", get=[(200, ADMIN), (403, REST)], post=[(422, ADMIN), (403, REST)]),
    Row(
        "notifications:channel_edit",
        a_group,
        get=[(200, ADMIN), (403, REST)],
        post=[(422, ADMIN), (403, REST)],
    ),
    Row(
        "notifications:channel_edit",
        a_group_elsewhere,
        get=[(404, ADMIN), (403, REST)],
        post=[(404, ADMIN), (403, REST)],
    ),
    # 422: nobody may be spoken to from here (OUTBOUND_HOSTS is empty)
    Row(
        "notifications:channel_test",
        a_group,
        get=[(200, ADMIN), (403, REST)],
        post=[(422, ADMIN), (403, REST)],
    ),
    Row(
        "notifications:channel_test",
        a_group_elsewhere,
        get=[(404, ADMIN), (403, REST)],
        post=[(404, ADMIN), (403, REST)],
    ),
    Row("notifications:deliveries", get=[(200, ADMIN), (403, REST)]),
    Row("notifications:retry", a_failed_delivery, post=[(302, ADMIN), (403, REST)]),
    Row("notifications:retry", a_failed_delivery_elsewhere, post=[(404, ADMIN), (403, REST)]),
]
