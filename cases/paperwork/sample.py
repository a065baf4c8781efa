"""示例案件: what a wording is tried on. Nobody in it exists."""

import dataclasses
from datetime import date
from decimal import Decimal
from typing import Any

from cases.paperwork.rows import Claim, Party, Proof, Worker
from cases.paperwork.rows_after import Filed, Payment, Share

DAY = date(2026, 11, 16)
NAMES = ("示例一", "示例·二", "示例三", "示例四")
ROWS: dict[type, dict[str, Any]] = {
    Claim: {"kind": "欠付工资", "heads": 4, "owed": Decimal(108000)},
    Filed: {"number": "示检民支〔2026〕1号", "title": "受理通知书", "made_on": DAY},
    Payment: {
        "name": "示例一",
        "paid_on": DAY,
        "channel": "银行转账",
        "payer": "示例公司",
        "amount": Decimal(27000),
    },
    Proof: {
        "name": "工资欠条",
        "form": "书证",
        "original": "已核对原件",
        "pages": "1",
        "origin": "申请人提供",
        "proves": "欠薪数额",
    },
    Share: {"name": "示例一", "amount": Decimal(27000), "due_on": DAY},
}


def sample_facts(kind: type, office: str) -> Any:
    """A paper of an invented case, every fact of it there."""
    return kind(**{field.name: _value(kind, field, office) for field in dataclasses.fields(kind)})


def _value(kind: type, field: dataclasses.Field[Any], office: str) -> Any:
    source, label = field.metadata["source"], field.metadata["label"]
    if source == "office":
        return office
    if source in ("workers", "representatives"):
        return tuple(_worker(name, n) for n, name in enumerate(NAMES, start=1))
    if source == "respondents":
        return (_party(),)
    hint = str(field.type)
    for row, values in ROWS.items():
        if row.__name__ in hint:
            return (row(**values),)
    if "Decimal" in hint:
        return Decimal(108000)
    if "date" in hint:
        return DAY
    if "bool" in hint:
        return True
    if "tuple" in hint:
        return field.default or (f"示例{label}一", f"示例{label}二")
    return field.default or f"（示例：{label}）"


def _worker(name: str, n: int) -> Worker:
    return Worker(
        name=name,
        sex="男",
        born=date(1985, 3, 2),
        ethnicity="蒙古族",
        address=f"示例旗示例镇{n}号",
        id_number="150902198503020000",
        phone="13800000000",
        job="木工",
        period="2025年4月至2025年11月",
        wage_standard="每日 300 元",
        due=Decimal(28000),
        paid=Decimal(1000),
        owed=Decimal(27000),
        is_representative=n == 1,
    )


def _party() -> Party:
    return Party(
        name="示例建设工程有限公司",
        address="示例区建设路1号",
        uscc="91150902MA0EXAMPLE",
        representative="示例五",
        position="承包单位",
    )
