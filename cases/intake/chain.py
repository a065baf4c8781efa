"""责任链条: respondents under whoever passed the work on, and which article may make whom pay (hints, no verdict)."""

from collections.abc import Iterable, Iterator

from cases.models import Respondent

P, L = Respondent.Position, Respondent.Link
PAYS_FIRST = "分包单位拖欠的，由施工总承包单位先行清偿，再依法追偿（保障农民工工资支付条例第30条）。"
RESOLD = "工程转包的，拖欠的工资由施工总承包单位先行清偿（条例第30条）。"
UNQUALIFIED = (
    "发包、分包给个人或者不具备合法经营资格的单位的，由建设单位或者施工总承包单位清偿（条例第36条）。"
)
TO_INDIVIDUAL = (
    "工作任务发包给个人的，可以请求有资格的承包人支付报酬（条例第19条，劳动争议司法解释（二）第1条）。"
)
LENT = "允许他人以本单位名义承揽的，由被挂靠单位清偿（条例第19、36条，劳动争议司法解释（二）第2条）。"
LATE_PAYMENT = "未按约定拨付工程款致拖欠的，以未结清的工程款为限先行垫付（条例第29条）。"
UNLAWFUL_PROJECT = "工程违法违规致拖欠的，由建设单位清偿（条例第37条）。"
HOST = "使用个人或者无派遣许可的单位派遣的人员，拖欠的由用工单位清偿（条例第18条）。"
INVESTOR = "合伙、个人独资企业、个体经济组织不清偿的，由出资人清偿（条例第20条）。"
IN_CHARGE = "对所承包工程的工资支付负总责，分包单位拖欠的先行清偿（条例第30条）。"

OF_POSITION: dict[str, tuple[str, ...]] = {
    P.SUBCONTRACTOR: (PAYS_FIRST,),
    P.LABOUR_COMPANY: (PAYS_FIRST,),
    P.GENERAL_CONTRACTOR: (IN_CHARGE,),
    P.DEVELOPER: (LATE_PAYMENT, UNLAWFUL_PROJECT),
    P.FOREMAN: (TO_INDIVIDUAL, UNQUALIFIED),
    P.LENT_LICENCE: (LENT,),
    P.HOST_UNIT: (HOST,),
    P.INVESTOR: (INVESTOR,),
}
OF_LINK: dict[str, tuple[str, ...]] = {
    L.UNLAWFUL: (UNQUALIFIED,),
    L.RESOLD: (RESOLD,),
    L.LENT: (LENT,),
}


def hints(respondent: Respondent) -> list[str]:
    """责任依据提示 for this place in the chain, each once."""
    found = (*OF_POSITION.get(respondent.position, ()), *OF_LINK.get(respondent.link, ()))
    return list(dict.fromkeys(found))


def arrange(respondents: Iterable[Respondent]) -> list[tuple[int, Respondent]]:
    """(depth, respondent): each under whoever stands above it, in the order of entry."""
    everyone = list(respondents)
    known = {each.pk for each in everyone}
    tops = [each for each in everyone if each.above_id not in known]
    return [pair for top in tops for pair in _under(top, everyone, 0)]


def _under(one: Respondent, everyone: list[Respondent], depth: int) -> Iterator[tuple[int, Respondent]]:
    yield depth, one
    for each in everyone:
        if each.above_id == one.pk:
            yield from _under(each, everyone, depth + 1)
