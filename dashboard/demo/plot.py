"""What the demo tells: cases in different stages, as data. `walk` walks the real verbs, so it cannot lie."""

from dataclasses import dataclass, field

# The fifteen amounts of domain.md G1, in yuan; their sum is 405,000.
FIFTEEN = (
    *(34200, 21600, 28800, 31500, 18900, 40500),
    *(25200, 22500, 36000, 27000),
    *(19800, 30600, 23400, 29700, 15300),
)


@dataclass(frozen=True)
class Plot:
    """One case: how many days ago it came, from whom, who owes what, how far it got (`until`).

    `worked_until` days before the lead came the work ended: what the limitation is counted from.
    `paid` are claims that were paid in full, `unpaid` those without money yet; yuan.
    """

    days_ago: int
    sender: str
    handler: str
    until: str
    employer: str
    project: str
    place: str
    paid: tuple[int, ...] = ()
    unpaid: tuple[int, ...] = ()
    channel: str = "after_judgment"
    court_number: int = 0
    extras: frozenset[str] = field(default_factory=frozenset)
    source: str = "walk_in"
    worked_until: int = 60

    @property
    def claims(self) -> tuple[int, ...]:
        return self.paid + self.unpaid


PLOTS = [
    Plot(
        320,
        "legalaid",
        "prosecutor",
        "archived",
        "内蒙古远景建设工程有限公司",
        "白海子镇农村还建房二期",
        "白海子镇",
        paid=FIFTEEN[:6],
        court_number=112,
    ),
    Plot(
        285,
        "labour",
        "prosecutor2",
        "closed",
        "乌兰察布市恒泰劳务有限公司",
        "马莲渠乡产业园标准厂房",
        "马莲渠乡",
        paid=FIFTEEN[6:10],
        channel="enforced",
        court_number=238,
    ),
    Plot(
        250,
        "legalaid",
        "prosecutor",
        "closed",
        "集宁区兴旺装饰装修部",
        "桥东街道商铺装修",
        "桥东街道",
        paid=FIFTEEN[10:11],
        court_number=305,
        extras=frozenset({"corrected"}),
    ),
    Plot(
        220,
        "",
        "prosecutor2",
        "terminated",
        "内蒙古金穗粮油贸易有限公司",
        "粮库维修工程",
        "新体路街道",
        paid=FIFTEEN[11:12],
        channel="pre_suit_settlement",
    ),
    Plot(
        200,
        "labour",
        "prosecutor",
        "enforcement",
        "乌兰察布市广厦建筑有限公司",
        "三号地乡安置楼",
        "三号地乡",
        paid=FIFTEEN[12:14],
        unpaid=(18000, 26000),
        court_number=461,
        extras=frozenset({"waiting"}),
    ),
    Plot(
        170,
        "legalaid",
        "prosecutor2",
        "enforcement",
        "集宁区顺达市政工程有限公司",
        "前进路管网改造",
        "前进路街道",
        paid=FIFTEEN[14:15],
        unpaid=(21000,),
        channel="wage_deposit",
        court_number=533,
        extras=frozenset({"applied"}),
    ),
    Plot(
        98,
        "labour",
        "prosecutor",
        "trial",
        "内蒙古蓝天钢结构有限公司",
        "物流园钢结构厂房",
        "马莲渠乡",
        unpaid=(16500, 22400, 19100),
        court_number=702,
    ),
    Plot(
        84,
        "",
        "prosecutor2",
        "filed",
        "集宁区红日餐饮管理有限公司",
        "门店改造",
        "常青街道",
        unpaid=(12800,),
        court_number=781,
        source="hotline",
    ),
    Plot(
        70,
        "legalaid",
        "prosecutor",
        "supported",
        "乌兰察布市宏远劳务有限公司",
        "白海子镇中学宿舍楼",
        "白海子镇",
        unpaid=(24000, 26500, 18700, 20300, 17600),
    ),
    Plot(
        45,
        "labour",
        "prosecutor2",
        "supported",
        "内蒙古鼎盛园林绿化有限公司",
        "霸王河景观带",
        "虎山街道",
        unpaid=(9600, 11200),
    ),
    Plot(
        60,
        "",
        "prosecutor",
        "declined",
        "集宁区鑫源建材经销部",
        "建材装卸",
        "新华街道",
        unpaid=(4200,),
    ),
    Plot(
        13,
        "legalaid",
        "prosecutor",
        "approval",
        "乌兰察布市正大建设有限公司",
        "棚户区改造三标段",
        "桥东街道",
        unpaid=(28600, 31200, 19900, 22800, 26700, 18400, 30100, 25500),
    ),
    Plot(
        40,
        "labour",
        "prosecutor2",
        "suspended",
        "内蒙古北方风电安装有限公司",
        "风电场基础工程",
        "三号地乡",
        unpaid=(33000, 27800, 29400, 25600, 31800, 24500, 28200, 26900, 30500, 22700, 27300, 25100),
    ),
    Plot(
        30,
        "legalaid",
        "prosecutor2",
        "review",
        "集宁区宏图广告有限公司",
        "户外广告安装",
        "新体路街道",
        unpaid=(13500,),
        extras=frozenset({"overdue"}),
    ),
    Plot(
        7,
        "labour",
        "prosecutor",
        "review",
        "乌兰察布市瑞丰建筑劳务有限公司",
        "马莲渠乡幼儿园",
        "马莲渠乡",
        unpaid=(15200, 16800, 14300, 17900),
        extras=frozenset({"mediation"}),
        worked_until=333,  # 仲裁时效 30 天内
    ),
    Plot(
        15,
        "",
        "prosecutor",
        "review",
        "集宁区永利汽车服务有限公司",
        "洗车场扩建",
        "前进路街道",
        unpaid=(8700, 9300),
        extras=frozenset({"soon", "demanded"}),
    ),
    # not accepted: these do not count among the sixteen
    Plot(
        3,
        "legalaid",
        "prosecutor2",
        "examined",
        "内蒙古聚力建设有限公司",
        "污水处理厂扩容",
        "白海子镇",
        unpaid=(21700, 19800, 23600),
        worked_until=357,  # 仲裁时效 7 天内
    ),
    Plot(
        58,
        "labour",
        "prosecutor",
        "rejected",
        "集宁区好邻居超市",
        "超市理货",
        "常青街道",
        unpaid=(3600,),
    ),
]

OTHER_OFFICE = [
    Plot(
        35,
        "",
        "other",
        "review",
        "察右前旗绿野种植专业合作社",
        "大棚建设",
        "土贵乌拉镇",
        unpaid=(12600, 14800),
    ),
    Plot(18, "", "other", "review", "察右前旗鑫达运输有限公司", "货运装卸", "巴音镇", unpaid=(9900,)),
]
