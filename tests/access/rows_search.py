"""The search box of the head: by POST only, so that no address carries a number."""

from tests.access.matrix import ALL_OFFICES, REST, Row

moves_on = [(302, ALL_OFFICES), (403, REST)]

ROWS = [Row("dashboard:search", get=moves_on, post=moves_on)]
