"""Leads that are not cases: waiting, returned, redirected, only advised."""

from datetime import timedelta

from accounts.models import Organisation, User
from core import clock
from dashboard.demo.people import Workers
from dashboard.demo.plot import Plot
from dashboard.demo.walk import Walk
from referrals.triage import actions as triage
from referrals.workflow import Missing

LEADS = [
    Plot(
        1,
        "legalaid",
        "prosecutor",
        "",
        "内蒙古锦绣物业服务有限公司",
        "小区绿化",
        "桥东街道",
        unpaid=(7800, 6900, 8200),
    ),
    Plot(
        0,
        "labour",
        "prosecutor",
        "",
        "乌兰察布市安泰消防工程有限公司",
        "商场消防改造",
        "新体路街道",
        unpaid=(15400, 17200),
    ),
    Plot(2, "legalaid", "prosecutor", "", "集宁区诚信家政服务部", "保洁服务", "前进路街道", unpaid=(3900,)),
]
RETURNED = Plot(
    4, "labour", "prosecutor", "", "内蒙古飞达运输有限公司", "砂石运输", "马莲渠乡", unpaid=(11300, 12600)
)
REDIRECTED = Plot(
    30, "legalaid", "prosecutor", "", "集宁区福满楼饭店", "后厨帮工", "常青街道", unpaid=(2600,)
)
ADVISED = Plot(26, "", "prosecutor", "", "集宁区某装修队", "家庭装修", "虎山街道", unpaid=(1800,))


def tell(office: Organisation, people: dict[str, User], workers: Workers) -> None:
    """Fill the inbox: three waiting, one returned for supplement, one redirected, one only advised."""
    for plot in LEADS:
        Walk(plot, office, people, workers).refer()
    clerk = people["clerk"]
    returned = Walk(RETURNED, office, people, workers)
    referral = returned.refer()
    with returned.at(1):
        due = clock.today() + timedelta(days=7)
        missing = [Missing.IDENTITY, Missing.EVIDENCE]
        triage.return_for_supplement(referral, items=[str(each) for each in missing], due_on=due, by=clerk)
    redirected = Walk(REDIRECTED, office, people, workers)
    referral = redirected.refer()
    with redirected.at(2):
        triage.redirect(
            referral,
            receiving_body="集宁区劳动保障监察大队",
            explanation="欠薪事实清楚，可由劳动监察责令支付。",
            by=clerk,
        )
    advised = Walk(ADVISED, office, people, workers)
    referral = advised.refer()
    with advised.at(0, 11):
        triage.consult_only(referral, explanation="已告知可申请支付令和法律援助。", by=clerk)
