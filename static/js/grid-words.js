/* What people call the columns of a worker list; read by grid-rules.js. */
(function () {
  "use strict";
  const ALIASES = {
    name: "姓名 名字 工人姓名 务工人员 务工人员姓名 劳动者 劳动者姓名 申请人",
    id_number: "身份证号 身份证号码 身份证 证件号码 证件号 公民身份号码 身份号码",
    phone: "手机 手机号 手机号码 联系电话 电话 电话号码 联系方式",
    job: "工种 岗位 职务 工作岗位 工作内容",
    from: "务工起 务工开始 务工起始 开始时间 起始时间 开工时间 进场时间 入职时间",
    to: "务工止 务工结束 务工截止 结束时间 截止时间 完工时间 退场时间 离职时间",
    period: "务工起止 务工期间 务工时间 用工期间 务工起止时间",
    owed: "欠薪 欠薪元 欠薪金额 欠薪金额元 金额 金额元 拖欠工资 拖欠金额 拖欠工资元 拖欠工资金额 欠付金额 欠付工资 未付金额",
    remark: "备注 说明 备注说明",
  };
  const entries = Object.entries(ALIASES).flatMap(([key, names]) => names.split(" ").map((name) => [name, key]));
  window.GridHeaders = new Map(entries);
})();
