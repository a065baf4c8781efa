"""Facts for every declared paper in three situations: everything known, only what is required, sixty workers.

Values are made from the labels, each of them once, so that a paper that says one of them can be told from a paper
that says another.
"""

import dataclasses
from datetime import date, timedelta
from decimal import Decimal
from itertools import count
from typing import Any, get_args, get_origin, get_type_hints

from cases.paperwork.rows import Claim, Party, Worker

OFFICE = "集宁区人民检察院"
RARE = "㛃䶮𬭎喆堃犇镕昇"
NAMES = ("王建国", "巴特尔·孟和", f"李{RARE[:2]}", f"赛罕{RARE[2:5]}", f"{RARE[5:]}·Müller", "买买提·吐尔逊")
COMPANY = "示例建设工程有限公司"
DISPUTE = "追索劳动报酬纠纷"
SENTENCE = (
    "二〇二五年四月至十一月，申请人在农村还建房二期工程从事木工、钢筋工等劳务，工程结束后多次催要，至今未付。"
)
FIRST_DAY = date(2025, 3, 1)
KINDS = ("欠付工资", "加班费", "经济补偿", "未休年休假工资", "社会保险损失")
WORDS = {
    "检察院": OFFICE,
    "被申请人简称": COMPANY,
    "纠纷": DISPUTE,
    "案由": "追索劳动报酬纠纷",
    "案号": "集检民支〔2026〕16号",
    "内部编号": "150902-2026-0016",
    "致送法院": "集宁区人民法院",
    "执行法院": "集宁区人民法院",
    "人民法院": "集宁区人民法院",
    "拟诉法院": "集宁区人民法院",
    "法院案号": "（2026）内0902民初123号",
    "裁判文书号": "（2026）内0902民初123号",
    "裁判文书种类": "民事判决书",
    "支持起诉书文号": "集检民支〔2026〕18号",
    "检察建议书文号": "集检建〔2026〕3号",
    "承办检察官": "李检察官",
    "主持人": "李检察官",
    "记录人": "王助理",
    "联系电话": "0474-8200000",
    "申请事项": "请求支持起诉，追索劳动报酬。",
    "办理结果": "经审查，本院决定支持起诉",
    "案件名称": f"王建国等人诉{COMPANY}追索劳动报酬纠纷",
    "受文单位": "集宁区人力资源和社会保障局",
    "来源单位": "集宁区劳动保障监察大队",
    "法律援助机构": "集宁区法律援助中心",
    "仲裁委员会": "集宁区劳动人事争议仲裁委员会",
    "被调取单位": "中国示例银行集宁支行",
    "被建议单位": COMPANY,
    "开始时间": "2026年8月3日9时30分",
    "结束时间": "2026年8月3日11时00分",
    "时间": "2026年8月3日9时至11时",
    "听证时间": "2026年8月3日9时30分",
    "开庭时间": "2026年8月3日9时30分",
    "约定标准": "每日300元",
    "工种": "钢筋工",
    "性别": "男",
    "民族": "蒙古族",
    "证据形式": "书证",
    "原件或复印件": "已核对原件",
    "证据来源": "申请人提供",
    "异议期限": "十日",
    "回复期限": "两个月",
    "保管期限": "长期",
    "页数": "37",
    "轮次": "第1轮",
    "结果": "同意",
    "审批结果": "已同意",
    "案件来源": "申请人来访",
    "法律关系": "劳务关系",
    "报批事项": "支持起诉",
    "拟处理事项": "支持起诉",
}


def full(kind: type, workers: int = 2) -> Any:
    """Every fact there, of so many workers."""
    return _Maker(workers).facts(kind)


def sparse(kind: type) -> Any:
    """Only what a paper cannot leave the house without, of one worker of whom the name alone is known."""
    made, bare = full(kind, 1), {}
    for field in dataclasses.fields(kind):
        value = getattr(made, field.name)
        if not field.metadata["required"]:
            bare[field.name] = _nothing(value)
        elif isinstance(value, tuple) and dataclasses.is_dataclass(value[0]):
            bare[field.name] = tuple(_bare_row(row) for row in value[:1])
        elif isinstance(value, tuple):
            bare[field.name] = value[:1]
    return dataclasses.replace(made, **(bare | {"office": OFFICE}))


def many(kind: type, workers: int = 60) -> Any:
    """Sixty workers, every other fact there."""
    return full(kind, workers)


class _Maker:
    """Values by label and type; `n` counts whatever must not be said twice."""

    def __init__(self, workers: int) -> None:
        self.workers, self.n = workers, count(1)

    def facts(self, kind: type) -> Any:
        hints = get_type_hints(kind)
        return kind(**{f.name: self._fact(f, hints[f.name]) for f in dataclasses.fields(kind)})

    def _fact(self, field: Any, hint: Any) -> Any:
        label = field.metadata["label"]
        if label == "申请人简称":
            names = [name_of(n) for n in range(self.workers)]
            return f"{names[0]}等{len(names)}人" if len(names) > 3 else "、".join(names)
        if label in ("申请人数",):
            return str(self.workers)
        if label in ("诉讼代表人", "撤回人"):
            return tuple(name_of(n) for n in range(min(self.workers, 3)))
        if get_origin(hint) is tuple and dataclasses.is_dataclass(row := get_args(hint)[0]):
            return self._rows(row)
        if get_origin(hint) is tuple:
            return field.default or (f"{label}其一（{next(self.n)}）", f"{label}其二（{next(self.n)}）")
        return self._plain(label, hint, is_long=field.metadata["is_long"])

    def _rows(self, row: type) -> tuple[Any, ...]:
        if row is Party:
            return (self._company(),)
        if row is Claim:
            return tuple(Claim(kind=kind, heads=self.workers, owed=self._sum()) for kind in KINDS)
        of_people = {"name", "owed"} <= _names(row) or row is Worker or {"name", "sex"} <= _names(row)
        of_people = of_people or {"name", "amount"} <= _names(row) or {"name", "awarded"} <= _names(row)
        of_people = of_people or {"name", "phone"} <= _names(row)
        rows = self.workers if of_people else max(self.workers // 5, 2)
        return tuple(self._row(row, name_of(n) if of_people else "", n) for n in range(rows))

    def _row(self, row: type, name: str, n: int) -> Any:
        hints, labels = get_type_hints(row), {f.name: f.metadata["label"] for f in dataclasses.fields(row)}
        values = {key: self._plain(label, hints[key], n=n) for key, label in labels.items()}
        return row(**(values | ({"name": name} if name else {})))

    def _company(self) -> Party:
        return Party(
            name=COMPANY,
            address="内蒙古自治区乌兰察布市集宁区建设路1号",
            uscc="91150902MA0EXAMPLE",
            representative="赵六",
            position="承包单位",
            phone="0474-8300000",
        )

    def _plain(self, label: str, hint: Any, *, n: int = 0, is_long: bool = False) -> Any:
        if hint is bool or bool in get_args(hint):
            return True
        if hint is Decimal or Decimal in get_args(hint):
            return Decimal("1000.05") if label == "已付" else self._sum()
        if hint is date or date in get_args(hint):
            return FIRST_DAY + timedelta(days=next(self.n) % 600)
        if hint is int:
            return n
        return self._words(label, n, is_long)

    def _words(self, label: str, n: int, is_long: bool) -> str:
        if label == "公民身份号码":
            return f"15090219850302{n:04}"
        if label == "联系电话" and n:
            return f"1380000{n:04}"
        if label == "住址":
            return f"内蒙古自治区乌兰察布市示例旗示例镇第{n + 1}村民小组"
        if label == "银行账号":
            return f"622202000000000{n:04}"
        if label == "务工期间":
            return f"2025年{n % 6 + 1}月至2025年11月"
        if label in WORDS:
            return WORDS[label]
        return f"{label}第{next(self.n)}项：{SENTENCE}" if is_long else f"{label}（{next(self.n)}）"

    def _sum(self) -> Decimal:
        return Decimal(10_000) + next(self.n) + Decimal("0.05")


def name_of(n: int) -> str:
    """The first few are hard to print; the others are counted in characters."""
    digits = "甲乙丙丁戊己庚辛壬癸"
    return (
        NAMES[n] if n < len(NAMES) else f"示例{digits[n // 100 % 10]}{digits[n // 10 % 10]}{digits[n % 10]}"
    )


def _names(row: type) -> set[str]:
    return {field.name for field in dataclasses.fields(row)}


def _nothing(value: Any) -> Any:
    if isinstance(value, tuple):
        return ()
    return "" if isinstance(value, str) else None


def _bare_row(row: Any) -> Any:
    """The name and the sums; of a person nothing else is known."""
    kept = {
        f.name for f in dataclasses.fields(row) if f.name in ("name", "kind") or _is_sum(getattr(row, f.name))
    }
    default = {f.name: f.default for f in dataclasses.fields(row)}
    return type(row)(**{name: getattr(row, name) if name in kept else default[name] for name in default})


def _is_sum(value: Any) -> bool:
    return isinstance(value, Decimal)
