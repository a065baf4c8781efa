"""正文里的人数、金额、期间: counted as people write them, in digits and in Chinese numerals.

Counts of others (两名办案人员, 三人以上, 其中三人) and sums of other things (工程款合计) are left alone.
"""

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from cases.paperwork.agreeing_frame import Frame, Slip, clause_after, clause_before, sentence_around
from core.money import yuan

DIGITS = "零一二三四五六七八九"
CHINESE = (
    r"[一二三四五六七八九]百(?:零[一二三四五六七八九]|[一二三四五六七八九]十[一二三四五六七八九]?)?"
    r"|[二三四五六七八九]?十[一二三四五六七八九]?|[两一二三四五六七八九]"
)
WORKERS = r"农民工|劳动者|申请人|原告|务工人员|工人"
HEADS = re.compile(
    rf"(?<![\d.百十几数第余多])(?P<n>\d{{1,3}}|{CHINESE})(?P<tail>\s*(?:人|名\s*(?P<of>{WORKERS}|人员)?))"
    rf"(?!以上|以下|以内|左右|[民们次工]|均?为?代表)"
)
LIST = re.compile(r"[\u4e00-\u9fff·\w]{2,}(?:、[\u4e00-\u9fff·\w]{2,})+\s*$")
APPLICANTS = re.compile(r"(?:(?<!被)申请人|原告)\s*(?:共计?|一行|合计)?\s*$")
TOGETHER = re.compile(r"共计?有?\s*$")
OTHERS = re.compile(
    r"其中|另有|另外|其他|其余|班组|证人|听证|参加|办案|推选|推举|代表|每|任何|某|还有|除|仅|所属|现场"
)
NOT_WORKERS = re.compile(r"(?:公司|单位|法院|检察院|局|被申请人|被告|证人)\s*等?\s*$")

HEAD = r"(?:共欠|共拖欠|尚欠|拖欠|欠付|共计|合计|总计|总额)"
SUM = re.compile(
    rf"(?P<head>{HEAD}(?P<gap>(?:(?!{HEAD})[^，。；：\d\n]){{0,30}}?))(?P<sum>\d[\d,，]*(?:\.\d+)?)\s*(?P<unit>万?)元"
)
OTHER_MONEY = (
    r"工程款|工程价款|合同价款?|合同金额|造价|借款|保证金|货款|材料费|租金|租赁费|注册资本|资本|垫付|利息|诉讼费|受理费"
    r"|医疗费|进度款|标的额?|罚款|税款|补偿金?|赔偿金?|双倍|二倍|加班费|生活费|每人|每月|每日"
)
NOT_WAGES = re.compile(rf"(?:{OTHER_MONEY})[^，。；]{{0,4}}$")
IN_GAP = re.compile(rf"{OTHER_MONEY}|约|近|超|不足|至少|以上|其中")

DAY = r"(?:\s*\d{1,2}\s*日)?"
PERIOD = re.compile(
    rf"(?P<y1>\d{{4}})\s*年\s*(?P<m1>\d{{1,2}})\s*月{DAY}\s*(?:至|到|—+|-|－|～|~)\s*"
    rf"(?:(?P<y2>\d{{4}})\s*年\s*)?(?P<m2>\d{{1,2}})\s*月{DAY}"
)
WORK = re.compile(
    r"务工|做工|干活|打工|工作(?!人员|日|单位|报告|组)|劳务(?!合同|关系|报酬|费|公司|派遣|分包)|提供劳动"
)
OTHER_DEED = re.compile(
    r"催要|催讨|索要|讨要|(?<!经)结算|建成|停工|付款|还款|支付|审查|办理|调查|协商|建设的|住院|看病"
)
REACH = 40
NEAR = 6


def heads(text: str, frame: Frame) -> Iterator[Slip]:
    """人数 of the applicants must be that of the claim table."""
    there = len(frame.workers)
    if not there:
        return
    for match in HEADS.finditer(text):
        here = number(match["n"])
        if here != there and _counts_applicants(text, match, frame):
            start = match.start()
            before = re.search(r"等\s*$", text[:start])
            start = before.start() if before else start
            right = f"{text[start : match.start()]}{_as_written(there, match)}{match['tail']}"
            yield Slip("heads", "里的人数", start, match.end(), right)


def number(word: str) -> int:
    """15, 十五, 一百零三 → the count."""
    if word.isdigit():
        return int(word)
    hundreds, _, rest = word.rpartition("百")
    tens, ten, ones = rest.rpartition("十")
    return _digit(hundreds) * 100 + ((_digit(tens) or 1) * 10 if ten else 0) + _digit(ones.strip("零"))


def _digit(word: str) -> int:
    """0 for none."""
    return DIGITS.index("二" if word == "两" else word) if word else 0


def chinese(count: int) -> str:
    hundreds, rest = divmod(count, 100)
    tens, ones = divmod(rest, 10)
    said = f"{DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        said += ("" if tens == 1 and not hundreds else DIGITS[tens]) + "十"
    elif hundreds and ones:
        said += "零"
    return said + (DIGITS[ones] if ones else "")


def _as_written(count: int, match: re.Match[str]) -> str:
    if match["n"].isdigit() or count > 999:
        return str(count)
    return "两" if count == 2 and "名" in match["tail"] else chinese(count)


def _counts_applicants(text: str, match: re.Match[str], frame: Frame) -> bool:
    """等…人, 共…人, 申请人…人, …名农民工, or a list of names before it."""
    before = clause_before(text, match.start())
    if re.search(r"等\s*$", before):
        return (match["of"] or "") != "人员" and not _is_of_others(before, match, frame)
    if OTHERS.search(before):
        return False
    if listed := LIST.search(before):
        return _is_list_of_all(listed[0], match, frame)
    if APPLICANTS.search(before):
        return True
    if TOGETHER.search(before):
        return bool(re.search(r"(?<!被)申请人|原告|农民工|劳动者", before) or frame.named.search(before))
    return match["of"] in ("农民工", "劳动者", "申请人") and number(match["n"]) > 1


def _is_of_others(before: str, match: re.Match[str], frame: Frame) -> bool:
    """其中王某等3人, 某公司等2人: not all applicants."""
    stem = re.sub(r"等\s*$", "", before)
    ends_with_applicant = any(stem.endswith(name) for name in frame.names)
    return bool(re.search(r"其中|证人|推选|推举", before)) or (
        not ends_with_applicant
        and (bool(NOT_WORKERS.search(stem)) or any(stem.endswith(name) for name in frame.everybody))
    )


def _is_list_of_all(listed: str, match: re.Match[str], frame: Frame) -> bool:
    """A, B二人 may be two of many; a list with another name or another count means all of them."""
    there = frame.named.findall(listed)
    entries = listed.count("、") + 1
    return bool(there) and not (len(there) == entries == number(match["n"]) and entries < len(frame.workers))


def sums(text: str, frame: Frame) -> Iterator[Slip]:
    """A sum must be a total, somebody's own, or that of the people named in its sentence."""
    if not frame.workers:
        return
    for match in SUM.finditer(text):
        before = clause_before(text, match.start())
        other = NOT_WAGES.search(before) or IN_GAP.search(match["gap"]) or "每人" in before
        written = _amount(match)
        if other or written is None or written in frame.sums:
            continue
        start, _ = sentence_around(text, match.start())
        is_share = "其中" in before
        whose = before + match["head"] if is_share else text[start : match.end()]
        named = set(frame.named.findall(whose))
        part = _part(f"{before}{match['head']}")
        of_them = sum((getattr(each, part) for each in frame.workers if each.name in named), Decimal(0))
        if (is_share and not named) or (named and written == of_them):
            continue
        is_of_all = not is_share and (len(named) in (0, len(frame.workers)) or "等" in whose)
        yield _sum_slip(match, frame, part, set() if is_of_all else named)


def _sum_slip(match: re.Match[str], frame: Frame, part: str, named: set[str]) -> Slip:
    """What stands for all of them is replaced by the total; of one or some of them it is only said."""
    is_short = len(match["gap"]) <= NEAR  # else names and heads between are looked at by themselves
    start = match.start() if is_short else match.start("sum")
    if not named:
        total = f"{yuan(frame.total(part))}元"
        return Slip("sum", "里的合计", start, match.end(), f"{match['head']}{total}" if is_short else total)
    said = "、".join(
        f"{each.name}{yuan(getattr(each, part))}元" for each in frame.workers if each.name in named
    )
    return Slip("sum", "里的金额", start, match.end(), fact=said)


def _part(words: str) -> str:
    if re.search(r"应付|应得|应支付|应当支付|应发", words):
        return "due"
    return "paid" if re.search(r"已付|已支付|已经支付", words) and "欠" not in words else "owed"


def _amount(match: re.Match[str]) -> Decimal | None:
    try:
        written = Decimal(re.sub("[,，]", "", match["sum"]))
    except InvalidOperation:
        return None
    return written * (10_000 if match["unit"] else 1)


def periods(text: str, frame: Frame) -> Iterator[Slip]:
    """A period of work must lie within that of all workers together."""
    first, last = _span(frame)
    if not first:
        return
    for match in PERIOD.finditer(text):
        begin = int(match["y1"]) * 12 + int(match["m1"])
        end = int(match["y2"] or match["y1"]) * 12 + int(match["m2"])
        if not first <= begin <= end <= last and _is_of_work(text, match):
            yield Slip("period", "里的期间", match.start(), match.end(), f"{_month(first)}至{_month(last)}")


def _is_of_work(text: str, match: re.Match[str]) -> bool:
    start, end = sentence_around(text, match.start())
    after = text[match.end() : min(end, match.end() + REACH)]
    before = text[max(start, match.start() - REACH) : match.start()]
    own = clause_after(text, match.end())
    if OTHER_DEED.search(own) and not WORK.search(own):
        return False
    return bool(WORK.search(after) or WORK.search(before))


def _span(frame: Frame) -> tuple[int, int]:
    """First and last month of work of all workers, counted from the year 0; (0, 0) where nobody's is known."""
    months = [
        int(year) * 12 + int(month)
        for each in frame.workers
        for year, month in re.findall(r"(\d{4})年(\d{1,2})月", each.period)
    ]
    return (min(months), max(months)) if months else (0, 0)


def _month(count: int) -> str:
    year, month = divmod(count - 1, 12)
    return f"{year}年{month + 1}月"
