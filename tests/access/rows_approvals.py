from tests.access.matrix import OFFICE, OTHER_OFFICE, REST, Row

ROWS = [Row("approvals:list", get=[(200, (*OFFICE, *OTHER_OFFICE)), (403, REST)])]
