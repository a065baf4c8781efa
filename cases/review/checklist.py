"""审查清单: what a decision on support has to answer (domain.md §3.2, §9; ux.md P7). 否 needs a note."""

QUESTIONS: dict[str, str] = {
    "right_plaintiff": "申请人是适格原告",
    "weak_ability": "申请人诉讼能力不足，不能或者不敢起诉",
    "voluntary": "每名申请人自愿，知道支持起诉不是代理、不收费、不保证胜诉",
    "necessary": "其他机关处理后仍未实现，确有支持必要",
    "clear_defendant": "被告明确，责任链条已查清",
    "jurisdiction": "拟诉法院有管辖权",
    "evidence_enough": "事实清楚，证据基本充分",
    "heard_other_side": "已听取被申请人意见或者记明无法联系",
    "tried_settlement": "已征询双方和解意愿",
    "no_false_claim": "没有以工资名义追索工程款等虚假诉讼情形",
    "no_public_harm": "不损害国家、社会公共利益和他人利益",
}
