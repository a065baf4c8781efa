"""The search box of the head: by POST only, so that no address carries a number."""

from tests.access.matrix import ALL_OFFICES, REST, Row

ROWS = [Row("dashboard:search", get=405, post=[(302, ALL_OFFICES), (403, REST)])]
