from tests.access.matrix import REST, Row

ROWS = [
    Row("jobs:healthz", public=True, get=[(200, REST)]),
    Row("jobs:readyz", public=True, get=[(503, REST)]),  # no worker runs beside the tests
]
