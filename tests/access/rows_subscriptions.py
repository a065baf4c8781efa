"""我的订阅, and 关注、静音 of one case."""

from tests.access.matrix import ALL_OFFICES, OFFICE, REST, Row
from tests.access.rows_cases import a_case

ROWS = [
    Row("subscriptions:list", get=[(200, ALL_OFFICES), (403, REST)]),
    Row("subscriptions:change", a_case, post=[(302, OFFICE), (404, REST)]),
]
