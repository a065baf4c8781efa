"""Figures, drills and help."""

from tests.access.matrix import ALL_OFFICES, REST, Row

SEES_FIGURES = [(200, (*ALL_OFFICES, "city")), (403, REST)]


def money(cast):
    return {"metric": "recovered_amount"}


def nothing(cast):
    return {"metric": "best_prosecutor"}


def topic(cast):
    return {"name": "figures"}


def no_topic(cast):
    return {"name": "secrets"}


ROWS = [
    Row("dashboard:figures", get=SEES_FIGURES),
    Row("dashboard:drill", money, get=SEES_FIGURES),
    Row("dashboard:drill", nothing, get=[(404, (*ALL_OFFICES, "city")), (403, REST)]),
    Row("dashboard:drill_export", money, get=SEES_FIGURES),
    Row("dashboard:ledger", get=[(200, ALL_OFFICES), (403, REST)]),
    Row("dashboard:ledger_export", get=[(200, ALL_OFFICES), (403, REST)]),
    Row("dashboard:audit", get=[(200, "auditor"), (403, REST)]),
    Row("dashboard:audit_export", get=[(200, "auditor"), (403, REST)]),
    Row("dashboard:reminders", get=[(200, (*ALL_OFFICES, "sysadmin")), (403, REST)]),
    Row("dashboard:help", get=200),
    Row("dashboard:help_topic", topic, get=200),
    Row("dashboard:help_topic", no_topic, get=404),
]
