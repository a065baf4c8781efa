"""正文里的法院、检察院: named ones that are neither the paper's nor the case's. 人民法院 without a place is anyone."""

import re
from collections.abc import Iterator

from cases.paperwork.agreeing_frame import Frame, Slip, clause_before

HAN = "\u4e00-\u9fff"
PLACED = re.compile(rf"(?P<place>[{HAN}]{{1,24}}?[旗县区市盟州])(?P<kind>(?:中级|基层)?人民法院|人民检察院)")
ENDS = re.compile(r"[旗县区市盟州省]")
BREAKS = re.compile(
    r"由|向|是|(?<!兴)为|经|被|到|归|属|系|请求|请|诉至|起诉|及|以及|在|对|于|与|(?<!兴)和(?!林|硕|静|田)|按|从|已|依法|应当?|交"
)
ANY_PLACE = re.compile(
    r"(?:辖区|本[旗县区市盟州]|该[旗县区市盟州]|各[旗县区市盟州]|地区|[旗县区市]{2,}|外[县市]|异地|城区)$"
)
ANOTHER = re.compile(r"另案|案外|原审|生效|上级|上诉|抗诉|移送|委托")


def courts(text: str, frame: Frame) -> Iterator[Slip]:
    """A place's court or procuratorate that has nothing to do with this case."""
    for match in PLACED.finditer(text):
        is_court = match["kind"] != "人民检察院"
        right = frame.court if is_court else frame.known.office
        known = frame.courts if is_court else frame.offices
        if not known or _is_known(text[: match.end()], known) or ANY_PLACE.search(match["place"]):
            continue
        start = match.start() + _cut(match["place"])
        if ANOTHER.search(clause_before(text, start)):
            continue
        yield Slip(
            "court" if is_court else "office",
            "里的法院" if is_court else "里的检察院",
            start,
            match.end(),
            right,
        )


def _is_known(until: str, known: tuple[str, ...]) -> bool:
    """Its name, or the end of it from a place on: 集宁区人民法院 of 乌兰察布市集宁区人民法院."""
    return any(until.endswith(tail) for name in known for tail in _tails(name))


def _tails(name: str) -> Iterator[str]:
    yield name
    places = [match.end() for match in ENDS.finditer(name)]
    yield from (name[at:] for at in places[:-1] if ENDS.search(name[at:]))


def _cut(place: str) -> int:
    """Where the name begins in the run of characters before it."""
    cuts = [match.end() for match in BREAKS.finditer(place) if len(place) - match.end() >= 2]
    return max(cuts, default=0)
