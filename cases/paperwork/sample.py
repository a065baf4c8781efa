"""示例案件: what a wording is tried on. Nobody in it exists."""

import dataclasses
from datetime import date
from decimal import Decimal
from typing import Any

from cases.paperwork.rows import Party, Worker
from documents.wording.vocabulary import words_of

DAY = date(2026, 11, 16)
NAMES = ("示例一", "示例·二", "示例三", "示例四")
COMPANY = "示例建设工程有限公司"
KNOWN = {  # by label, what reads better than “示例…”
    "名称": COMPANY,
    "付款人": COMPANY,
    "请求类型": "欠付工资",
    "证据名称": "工资欠条",
    "材料名称": "工资欠条",
    "证据形式": "书证",
    "原件或复印件": "已核对原件",
    "页数": "1",
    "证据来源": "申请人提供",
    "证明目的": "欠薪数额",
    "渠道": "银行转账",
    "材料文号": "示检民支〔2026〕1号",
    "题名": "受理通知书",
    "性别": "男",
    "民族": "蒙古族",
    "联系电话": "13800000000",
    "银行账号": "6222020200000000000",
    "统一社会信用代码": "91150902MA0EXAMPLE",
    "身份": "部门负责人",
    "轮次": "第一轮",
    "结果": "同意",
    "意见": "同意承办人意见。",
}


def sample_facts(kind: type, office: str) -> Any:
    """A paper of an invented case, every fact of it there."""
    return kind(**{field.name: _value(kind, field, office) for field in dataclasses.fields(kind)})


def _value(kind: type, field: dataclasses.Field[Any], office: str) -> Any:
    source, label = field.metadata["source"], field.metadata["label"]
    if source == "office":
        return office
    word = words_of(kind)[label]
    if word.rows:
        rows = tuple(_row(word.rows, n) for n, _ in enumerate(NAMES if _is_person(word.rows) else NAMES[:1]))
        return rows if word.is_list else rows[0]
    hint = str(field.type)
    if "Decimal" in hint:
        return Decimal(108000)
    if "date" in hint:
        return DAY
    if "bool" in hint:
        return True
    if "tuple" in hint:
        return field.default or (f"示例{label}一", f"示例{label}二")
    return field.default or f"（示例：{label}）"


def _is_person(row: type) -> bool:
    """Rows that bear the name of a person are as many as there are invented workers."""
    return any(field.metadata.get("label") == "姓名" for field in dataclasses.fields(row))


def _row(row: type, n: int) -> Any:
    if row is Worker:
        return _worker(n)
    if row is Party:
        return _party()
    return row(**{field.name: _cell(field, n) for field in dataclasses.fields(row)})


def _cell(field: dataclasses.Field[Any], n: int) -> Any:
    label, hint = field.metadata["label"], str(field.type)
    if label == "姓名":
        return NAMES[n]
    if "Decimal" in hint:
        return Decimal(27000)
    if "date" in hint:
        return DAY
    if "int" in hint:
        return len(NAMES)
    return KNOWN.get(label, f"示例{label}")


def _worker(n: int) -> Worker:
    return Worker(
        name=NAMES[n],
        sex="男",
        born=date(1985, 3, 2),
        ethnicity="蒙古族",
        address=f"示例旗示例镇{n + 1}号",
        id_number="150902198503020000",
        phone="13800000000",
        job="木工",
        period="2025年4月至2025年11月",
        wage_standard="每日 300 元",
        due=Decimal(28000),
        paid=Decimal(1000),
        owed=Decimal(27000),
        is_representative=n == 0,
    )


def _party() -> Party:
    return Party(
        name=COMPANY,
        address="示例区建设路1号",
        uscc="91150902MA0EXAMPLE",
        representative="示例五",
        position="承包单位",
    )
