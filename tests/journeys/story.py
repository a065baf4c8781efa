"""Who the journeys are about: fifteen invented workers with the amounts of the worked example (domain G1)."""

import random
from dataclasses import dataclass
from decimal import Decimal

from tests.cases.factories import id_number

AMOUNTS = [
    *(34200, 21600, 28800, 31500, 18900, 40500, 25200, 22500),
    *(36000, 27000, 19800, 30600, 23400, 29700, 15300),
]
TOTAL = Decimal("405000.00")
NAMES = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰"
EMPLOYER = "内蒙古示例建设工程有限公司"
COURT = "集宁区人民法院"
TITLES = ["序号", "联系电话", "欠薪金额（元）", "工种", "姓名*", "务工期间", "身份证号码"]


@dataclass(frozen=True)
class Worker:
    """One line of the partner's Excel sheet; yuan."""

    name: str
    id_number: str
    phone: str
    owed: int


FIFTEEN = [
    Worker(f"王示例{name}", id_number(300 + n), f"1390000{n:04}", owed)
    for n, (name, owed) in enumerate(zip(NAMES, AMOUNTS, strict=True))
]


def excel(workers: list[Worker] = FIFTEEN) -> str:
    """The sheet as Excel puts it on the clipboard: columns in the partner's own order, rows too."""
    rows = [
        [worker.phone, f"{worker.owed:,}.00", "木工", worker.name, "2025-04至2025-11", worker.id_number]
        for worker in random.Random(15).sample(workers, len(workers))
    ]
    return "\n".join("\t".join(row) for row in [TITLES, *([str(n), *row] for n, row in enumerate(rows, 1))])
