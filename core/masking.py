"""What is shown instead of personal data. Made on the server; the clear value never reaches the page."""

import re

TOWN = re.compile(r".{2,20}?(?:街道|苏木|镇|乡)")
COMPOUND_SURNAMES = frozenset(
    re.findall(
        "..",
        "欧阳太史端木上官司马东方独孤南宫万俟闻人夏侯诸葛尉迟公羊赫连澹台皇甫宗政濮阳公冶太叔申屠公孙慕容"
        "仲孙钟离长孙宇文司徒鲜于司空令狐百里呼延东郭南门羊舌微生梁丘左丘西门第五南荣东里东宫即墨达奚褚师",
    )
)


def mask_id(number: str) -> str:
    """身份证号 4+4: `1523**********0017`. Shorter papers (passports) show two at each end at most."""
    return _ends(number, 4, 4) if len(number) >= 15 else _ends(number, 2, 2)


def mask_phone(number: str) -> str:
    """手机号 3+4: `138****2201`; shorter numbers show the last two."""
    return _ends(number, 3, 4) if len(number) >= 11 else _ends(number, 0, 2)


def mask_card(number: str) -> str:
    """银行卡号, last four: `**** **** **** 1234`."""
    return f"**** **** **** {number[-4:]}" if len(number) >= 12 else "*" * len(number)


def mask_address(address: str) -> str:
    """住址 down to 乡镇、街道; one without such a part shows its first six characters."""
    town = TOWN.match(address)
    return f"{town[0] if town else address[:6]}****" if address else ""


def mask_name(name: str) -> str:
    """姓名 for papers that leave the house: 王建国 → 王某某, 欧阳锋 → 欧阳某."""
    if not name:
        return ""
    surname = name[:2] if name[:2] in COMPOUND_SURNAMES and len(name) > 2 else name[:1]
    return surname + "某" * min(len(name) - len(surname), 2)


def group_title(first_name: str, count: int) -> str:
    """Inside the office a group goes by its first person: `王建国等 15 人`."""
    return f"{first_name}等 {count} 人" if count > 1 else first_name


def _ends(text: str, head: int, tail: int) -> str:
    """Stars in the middle; all stars when the text is too short to hide anything."""
    hidden = len(text) - head - tail
    if hidden < 1:
        return "*" * len(text)
    return f"{text[:head]}{'*' * hidden}{text[-tail:]}"
