"""正文里的姓名、单位名称: names that are almost those of a party, and names listed with applicants that are no party.

Whoever is somebody else is said to be: 证人、案外人、班组长 … before the name.
"""

import re
from collections.abc import Iterator

from cases.paperwork.agreeing_frame import HIDDEN, Frame, Slip

APPLIED = re.compile(r"^(?P<who>[^，。]{1,60}?)(?=因)")
GROUPS = ("申请人", "人员", "劳动者", "农民工", "工人")  # words that stand for whoever applies
SOMEBODY_ELSE = re.compile(
    r"(?:证人|案外人|案外单位|案外公司|第三人|班组长|工头|代表人|负责人|见证人|会计|记工员|经理|工长|老板|股东|监理"
    r"|[父母妻夫兄弟姐妹子女]|亲属|家属|工友|介绍人|另案[^，。；]{0,6}|分包单位|总包单位|分包人|办案人员|检察官|法官|助理)"
    r"(?:系|是|为|人)?$"
)
HAN = "\u4e00-\u9fff"
BEFORE = "、人欠由与和及向对给被系是经将把让跟等工者付告名的" + HIDDEN  # after what a name begins
WORDLIKE = frozenset(
    "于高成方时安金常万全解应任单路白乐向明何和平温施程段查水文关连项包古华江石田林余容支史都陈计强"
)
NOT_IN_NAMES = frozenset("的在于和与是系及等到向因且其也被将已至从由自给对曾多未经共不了，、")
WORDS = re.compile(
    r"建设|建筑|建立|建成|建议|广大|广场|广泛|广东|广西|国家|国务|国有|海关|海口|明确|明显|明知|明细|文化|文件|文书|文本|志愿"
    r"|春节|春季|平等|平均|平台|平方|金额|金钱|新建|军人|永久|成立|成为|利息|利用|利益|立案|立即|立法|荣誉|东方|东路|东侧|华人"
    r"|强制|强调|生活|生产|生效|光明|林业|林地|学校|学生|学习|江苏|江西|红旗|红利|秀丽|英语|丽水|龙江"
)
SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕张孔曹严金魏陶姜戚谢邹喻苏潘葛范彭郎鲁韦马苗凤方俞任袁柳鲍史唐"
    "费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于傅皮卞齐康伍余顾孟黄穆萧尹姚邵汪祁毛禹狄米贝臧戴宋庞熊纪舒屈项祝董梁杜"
    "阮蓝闵席季麻贾路江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万柯管卢莫房解应宗丁宣邓郁单杭洪包左石崔吉龚程嵇"
    "邢裴陆荣翁荀羊惠曲封芮储靳汲邴糜松井段富巫乌焦巴弓牧车侯全班仰秋仲伊宫宁仇栾甘厉戎祖武符刘景詹束龙叶幸司韶黎"
    "白蒲邰赖卓蔺屠蒙池乔阴胥闻党翟谭劳姬申扶冉雍桑桂濮牛寿边扈燕冀浦尚农温庄晏柴瞿阎连习艾容向古易廖庾居衡步耿"
    "满弘匡文寇广东欧沃利蔚越夔隆师巩聂晁敖融冷辛阚那简饶曾沙丰关查红游竺权盖益桓公付闫肖"
)
STEPPE = frozenset(
    "阿敖巴宝包毕布苍查朝朝楚达大道德都敦额恩尔格根古哈海浩呼胡花吉嘎噶图其奇钦齐勤仁日荣如萨斯斯桑赛苏娜那乃诺牧木满孟"
    "鲁伦拉兰勒力乐龙塔特陶通托吐旺乌温希喜雅伊音扎珠朱庆顺青清慧云丹高娃"
)
THINGS = frozenset("证据欠条表册账帐单资费书录件章局部院司项案额款系路镇区旗县村组级某们位方")
ENTRY = rf"[{HAN}·]{{2,4}}"
LAST_ENDS = (
    r"(?=[，。；：）]|$|、|等|在|因|的|与|和|及|于|诉|系|均|分别|自|向|为|共|从|经|提|被"
    rf"|[\d一二两三四五六七八九十百]+[人名]|{HIDDEN})"
)
AFTER = re.compile(rf"、({ENTRY}?){LAST_ENDS}")
AHEAD = re.compile(
    rf"(?:^|[，。；：“（、]|欠|申请人|原告|农民工|劳动者|工人|与|和|及|由|向|被|为)({ENTRY})、$"
)


def applied(text: str, frame: Frame) -> Iterator[Slip]:
    """Who applied, at the head of a text: a corrected name, or one who left. The writer's words before it may stay."""
    who = frame.known.applicants_short
    match = APPLIED.search(text)
    if not match or not who:
        return
    before = match["who"].removesuffix(who)
    is_theirs = match["who"].endswith(who) and not before.endswith("、")  # 、: one more than stand today
    if not is_theirs and not match["who"].endswith(GROUPS):
        yield Slip("who", "里的申请人", 0, match.end("who"), who)


def near_names(text: str, frame: Frame) -> Iterator[Slip]:
    """刘广天 for 刘广田: one character of the given name is another, and nobody of the case is called so."""
    starts: dict[str, list[str]] = {}
    for name in dict.fromkeys(frame.people):
        if len(name) >= 3 and re.fullmatch(rf"[{HAN}·]+", name):
            starts.setdefault(name[0], []).append(name)
    for at, first in enumerate(text):
        for name in starts.get(first, ()):
            here = text[at : at + len(name)]
            if _is_near(here, name) and HIDDEN not in frame.hidden(text)[at : at + len(name)]:
                if not _begins_name(frame.hidden(text), at, here):
                    continue
                alike = [each for each in starts[first] if _is_near(here, each)]
                yield _near(at, here, alike)
                break


def _near(at: int, here: str, alike: list[str]) -> Slip:
    if len(alike) == 1:
        return Slip("name", "里的姓名", at, at + len(here), alike[0])
    return Slip("name", "里的姓名", at, at + len(here), fact="、".join(alike))


def _is_near(here: str, name: str) -> bool:
    if len(here) != len(name) or here[0] != name[0]:
        return False
    differing = [mine for mine, theirs in zip(here, name, strict=True) if mine != theirs]
    return len(differing) == 1 and "\u4e00" <= differing[0] <= "\u9fff" and differing[0] not in NOT_IN_NAMES


def _begins_name(text: str, at: int, here: str) -> bool:
    """Not inside another word, no everyday word, and nobody who is said to be somebody else."""
    before = text[at - 1 : at] if here[0] in WORDLIKE else ""
    if SOMEBODY_ELSE.search(text[max(0, at - 12) : at]) or WORDS.match(here[1:3]) or WORDS.match(here[:2]):
        return False
    return not before or before in BEFORE or not "\u4e00" <= before <= "\u9fff"  # 提高建设 is no 高建国


def listed_names(text: str, frame: Frame) -> Iterator[Slip]:
    """刘广田、那顺、王五: the third is no party."""
    if "、" not in text:
        return
    hidden = frame.hidden(text)
    theirs = "、".join(frame.names[:3]) + (f"等{len(frame.names)}人" if len(frame.names) > 3 else "")
    for match in frame.named.finditer(text):
        after = AFTER.match(hidden, match.end())
        ahead = AHEAD.search(hidden[max(0, match.start() - 12) : match.start()])
        if after and _could_be_name(after[1]):
            yield Slip("listed", "里的姓名", after.start(1), after.end(1), fact=f"申请人{theirs}")
        if ahead and _could_be_name(ahead[1]) and not SOMEBODY_ELSE.search(ahead[1]):
            end = match.start() - 1
            yield Slip("listed", "里的姓名", end - len(ahead[1]), end, fact=f"申请人{theirs}")


def _could_be_name(word: str) -> bool:
    if HIDDEN in word or THINGS & set(word) or SOMEBODY_ELSE.match(word) or WORDS.fullmatch(word):
        return False
    return (word[0] in SURNAMES and len(word) <= 3) or set(word) <= STEPPE or "·" in word


def near_companies(text: str, frame: Frame) -> Iterator[Slip]:
    """A company's name with one character that is another, of no company of the case."""
    for name in frame.companies:
        if len(name) >= 6:
            for at in sorted(_places(text, name)):
                hidden = frame.hidden(text)
                here = hidden[at : at + len(name)]
                if HIDDEN not in here and not SOMEBODY_ELSE.search(hidden[max(0, at - 12) : at]):
                    yield Slip("company", "里的单位名称", at, at + len(here), name)


def _places(text: str, name: str) -> set[int]:
    """One character differs, so one half of the name stands there as it is."""
    half = len(name) // 2
    found = set()
    for part, offset in ((name[:half], 0), (name[half:], half)):
        at = text.find(part)
        while at >= 0:
            start = at - offset
            here = text[start : start + len(name)] if start >= 0 else ""
            if len(here) == len(name) and HIDDEN not in here and _differs_by_one(here, name):
                found.add(start)
            at = text.find(part, at + 1)
    return found


def _differs_by_one(here: str, name: str) -> bool:
    differing = [mine for mine, theirs in zip(here, name, strict=True) if mine != theirs]
    return len(differing) == 1 and differing[0].isalnum()
