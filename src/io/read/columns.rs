//! The columns of every file: English names, Chinese names, further words people use.

/// A column of a file.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// English header.
    pub name: &'static str,
    /// Chinese header.
    pub zh: &'static str,
    /// Other headers that are understood.
    pub also: &'static [&'static str],
    /// Whether the file is useless without it.
    pub required: bool,
}

/// A file with its columns.
#[derive(Clone, Copy, Debug)]
pub struct FileColumns {
    /// File name inside the case folder.
    pub file: &'static str,
    /// Columns.
    pub columns: &'static [Column],
}

impl FileColumns {
    /// Whether the file holds a rota, which may as well be a workbook.
    #[must_use]
    pub fn is_rota(&self) -> bool {
        matches!(self.file, "rota.csv" | "pins.csv" | "history.csv" | "published.csv")
    }
}

const fn need(name: &'static str, zh: &'static str, also: &'static [&'static str]) -> Column {
    Column { name, zh, also, required: true }
}

const fn may(name: &'static str, zh: &'static str, also: &'static [&'static str]) -> Column {
    Column { name, zh, also, required: false }
}

const ID: &[&str] =
    &["员工编号", "员工号", "编号", "人员编号", "staff_id", "employee_id", "employee", "员工"];
const NAME: &[&str] = &["员工姓名", "客服", "名字"];
const TEAM: &[&str] = &["小组", "团队", "部门", "组别", "group"];
const CHANNEL: &[&str] = &["业务渠道", "队列", "queue", "skill", "技能"];
const START: &[&str] = &["开始", "起", "上班时间", "起始时间", "时间", "时段开始", "start_time", "time"];
const END: &[&str] = &["结束", "止", "下班时间", "时段结束", "end_time"];
const FROM: &[&str] = &["起", "开始", "起始日期", "自", "start", "start_date"];
const TO: &[&str] = &["止", "结束", "截止日期", "至", "end", "end_date"];
const NOTE: Column = may("note", "备注", &["notes", "comment", "说明"]);

/// `staff.csv`
pub const STAFF: FileColumns = FileColumns {
    file: "staff.csv",
    columns: &[
        need("id", "工号", ID),
        may("name", "姓名", &["员工姓名", "客服", "名字"]),
        may("team", "班组", TEAM),
        may("skills", "技能", &["渠道", "skill", "channels"]),
        may("contract", "合同", &["合同类型", "用工形式", "用工类型"]),
        may("band", "班别", &["上期班别"]),
        may("start_date", "入职日期", &["入职", "hire_date"]),
        may("end_date", "离职日期", &["离职"]),
        may("tags", "标签", &["tag"]),
        may("post", "岗位", &["职务", "role"]),
        may("wage", "时薪", &["小时工资", "工资", "hourly_wage"]),
        may("monthly_wage", "月工资", &["月薪", "salary"]),
        NOTE,
    ],
};

/// `shifts.csv`
pub const SHIFTS: FileColumns = FileColumns {
    file: "shifts.csv",
    columns: &[
        need("code", "班次", &["班次代码", "代码", "班", "shift"]),
        may("name", "名称", &["班次名称"]),
        may("band", "班别", &[]),
        need("times", "时段", &["时间", "上班时间", "工作时间", "time", "hours"]),
        may("meal_minutes", "用餐分钟", &["用餐", "休息", "用餐时长", "meal"]),
        may("meal_window", "用餐时段", &["用餐时间"]),
        may("tail_minutes", "延时分钟", &["延时", "tail"]),
        NOTE,
    ],
};

/// `forecast.csv`
pub const FORECAST: FileColumns = FileColumns {
    file: "forecast.csv",
    columns: &[
        need("date", "日期", &[]),
        need("start", "开始时间", START),
        need("channel", "渠道", CHANNEL),
        need("volume", "话量", &["来电量", "进线量", "呼入量", "业务量", "contacts", "calls"]),
        need("aht_s", "平均处理时长", &["aht", "平均处理时间", "处理时长"]),
        NOTE,
    ],
};

/// `demand.csv`
pub const DEMAND: FileColumns = FileColumns {
    file: "demand.csv",
    columns: &[
        need("date", "日期", &[]),
        need("start", "开始时间", START),
        need("end", "结束时间", END),
        need("channel", "渠道", CHANNEL),
        need("agents", "人数", &["需求人数", "所需人数", "required"]),
        may("under_weight", "缺员权重", &["缺人权重", "欠员权重"]),
        may("over_weight", "富余权重", &["超员权重", "多人权重"]),
        // `staff` explains its figures behind the columns of demand.csv; they are read over.
        may("volume", "话量", &[]),
        may("aht_s", "平均处理时长", &["aht"]),
        may("service_level", "服务水平", &[]),
        may("occupancy", "占用率", &["利用率"]),
        may("asa_s", "平均等待秒数", &[]),
        may("abandoned", "放弃率", &[]),
        may("level_definition", "服务水平口径", &[]),
        may("employed", "编制人数", &[]),
        may("source", "来源", &[]),
        NOTE,
    ],
};

/// A history of contacts.
pub const CONTACTS: FileColumns = FileColumns { file: "contacts.csv", columns: FORECAST.columns };

/// `rules.csv`
pub const RULES: FileColumns = FileColumns {
    file: "rules.csv",
    columns: &[
        need("rule", "规则", &["规则名称"]),
        may("scope", "范围", &["适用范围"]),
        need("value", "值", &["取值", "数值"]),
        may("strength", "强度", &["软硬"]),
        may("weight", "权重", &[]),
        NOTE,
    ],
};

/// `channels.csv`
pub const CHANNELS: FileColumns = FileColumns {
    file: "channels.csv",
    columns: &[
        need("channel", "渠道", &["名称", "name", "队列", "queue", "技能"]),
        may("kind", "类型", &["种类", "type"]),
        may("target_pct", "目标比例", &["服务水平目标", "目标百分比", "目标"]),
        may("target_s", "目标秒数", &["目标时长", "目标等待"]),
        may("patience_s", "耐心秒数", &["平均耐心", "耐心"]),
        may("concurrency", "并发数", &["并发"]),
        may("deadline_h", "时限小时", &["时限", "处理时限"]),
        may("max_occupancy_pct", "最高占用率", &["占用率上限", "最高利用率"]),
        may("shrinkage_pct", "损耗率", &["缩减率", "损耗"]),
        may("min_agents", "最少人数", &["最低人数"]),
        may("level_definition", "服务水平口径", &["口径"]),
        may("rings", "铃声数", &["响铃次数"]),
        may("ring_cycle_s", "铃声周期秒数", &["铃声周期"]),
        may("late_from", "晚间开始", &["晚间起"]),
        may("late_target_s", "晚间目标秒数", &["晚间目标"]),
        may("max_wait_s", "平均等待上限秒数", &["平均等待上限", "asa_s"]),
        may("max_abandoned_pct", "最高放弃率", &["放弃率上限"]),
        may("session_growth_pct", "会话延长率", &["会话增长率"]),
        may("deadline_clock", "时限计时", &["计时方式"]),
        may("backlog", "期初积压", &["积压"]),
        may("touches", "处理次数", &["跟进次数"]),
        may("flexible", "可机动", &["机动"]),
        may("planned_shrinkage_pct", "计划损耗率", &["计划内损耗率"]),
        may("lagged", "滞后负荷", &["滞后"]),
        NOTE,
    ],
};

/// `calendar.csv`
pub const CALENDAR: FileColumns = FileColumns {
    file: "calendar.csv",
    columns: &[
        need("date", "日期", &[]),
        may("name", "名称", &["节日", "说明"]),
        may("kind", "类型", &["种类", "type"]),
        may("volume_factor", "话量系数", &["话量倍数", "系数", "factor"]),
        // The shipped table has these; a copy of it can be edited and given back.
        may("weekday", "星期", &[]),
        may("reason", "原因", &[]),
        may("swapped_with", "调换日期", &[]),
        may("note", "备注", &["notes", "comment"]),
    ],
};

/// `leave.csv`
pub const LEAVE: FileColumns = FileColumns {
    file: "leave.csv",
    columns: &[
        need("id", "工号", ID),
        may("name", "姓名", NAME),
        need("from", "开始日期", FROM),
        may("to", "结束日期", TO),
        may("kind", "假别", &["请假类型", "类型", "假期类型", "type"]),
        may("status", "状态", &["审批状态"]),
        may("substitute", "替班人", &["代班人", "补班人", "顶班人"]),
        NOTE,
    ],
};

/// `requests.csv`
pub const REQUESTS: FileColumns = FileColumns {
    file: "requests.csv",
    columns: &[
        need("id", "工号", ID),
        may("name", "姓名", NAME),
        need("date", "日期", &[]),
        need("want", "愿望", &["希望", "意愿", "需求", "班次", "wish", "request"]),
        may("weight", "权重", &[]),
        NOTE,
    ],
};

/// `pins.csv`. The columns of a rota are known too, so that a rota can be given as pins.
pub const PINS: FileColumns = FileColumns { file: "pins.csv", columns: ROTA_COLUMNS };

/// `history.csv`
pub const HISTORY: FileColumns = FileColumns { file: "history.csv", columns: ROTA_COLUMNS };

/// `published.csv`
pub const PUBLISHED: FileColumns = FileColumns { file: "published.csv", columns: ROTA_COLUMNS };

/// `rota.csv`
pub const ROTA: FileColumns = FileColumns { file: "rota.csv", columns: ROTA_COLUMNS };

/// Ids of people in another system.
pub const PEOPLE_IDS: FileColumns = FileColumns {
    file: "people_ids.csv",
    columns: &[
        need("id", "工号", ID),
        may("name", "姓名", NAME),
        need("userid", "用户编号", &["user_id", "userid", "用户id", "员工userid", "employee_no"]),
        NOTE,
    ],
};

/// Ids of shifts in another system.
pub const SHIFT_IDS: FileColumns = FileColumns {
    file: "shift_ids.csv",
    columns: &[
        need("shift", "班次", &["班次代码", "code", "代码"]),
        need("shift_id", "班次编号", &["class_id", "classid", "schedule_id", "班次id"]),
        NOTE,
    ],
};

const ROTA_COLUMNS: &[Column] = &[
    need("date", "日期", &["排班日期", "考勤日期", "work_date"]),
    may("weekday", "星期", &["周几"]),
    need("id", "工号", ID),
    may("name", "姓名", NAME),
    may("team", "班组", TEAM),
    need("shift", "班次", &["班", "班次代码", "排班班次", "code"]),
    may("band", "班别", &[]),
    may("start", "开始时间", &["开始", "上班", "上班时间"]),
    may("end", "结束时间", &["结束", "下班", "下班时间"]),
    may("times", "时段", &["工作时段"]),
    may("paid_minutes", "计薪分钟", &["计薪分钟数", "工时分钟", "工作分钟", "出勤分钟"]),
    may("overtime_minutes", "加班分钟", &["加班分钟数"]),
    may("pinned", "固定", &["锁定", "已固定"]),
    NOTE,
];

/// `payroll.csv`
pub const PAYROLL: FileColumns = FileColumns {
    file: "payroll.csv",
    columns: &[
        need("id", "工号", ID),
        may("name", "姓名", NAME),
        need("date", "日期", &[]),
        need("rate_type", "工时类别", &[]),
        may("hours", "工时", &[]),
        need("minutes", "分钟", &[]),
    ],
};

/// `duties.csv`
pub const DUTIES: FileColumns = FileColumns {
    file: "duties.csv",
    columns: &[
        need("date", "日期", &[]),
        need("id", "工号", ID),
        may("name", "姓名", NAME),
        need("start", "开始时间", &["开始"]),
        need("end", "结束时间", &["结束"]),
        need("activity", "活动", &["工作内容", "任务"]),
    ],
};

/// `handover.csv`
pub const HANDOVER: FileColumns = FileColumns {
    file: "handover.csv",
    columns: &[
        may("batch", "批次", &["交接批次"]),
        need("date", "日期", &[]),
        need("start", "开始时间", &["开始"]),
        need("end", "结束时间", &["结束"]),
        need("channel", "渠道", &[]),
        need("kind", "交接方式", &["方式", "类型"]),
        need("from_id", "交班工号", &["交班人工号"]),
        may("from_name", "交班人", &["交班姓名"]),
        may("to_id", "接班工号", &["接班人工号"]),
        may("to_name", "接班人", &["接班姓名"]),
        may("backup_id", "备用工号", &["后备工号", "候补工号"]),
        may("backup_name", "备用人", &["后备人", "备用姓名"]),
        NOTE,
    ],
};

/// `meetings.csv`
pub const MEETINGS: FileColumns = FileColumns {
    file: "meetings.csv",
    columns: &[
        may("name", "名称", &["会议", "会议名称"]),
        need("on", "日子", &["日期", "星期", "date", "weekday", "日期或星期"]),
        need("start", "开始时间", &["开始", "起"]),
        need("end", "结束时间", &["结束", "止"]),
        may("scope", "范围", &["参会范围", "参加人员"]),
        may("min_on_duty", "在岗人数", &["最少在岗", "留守人数"]),
        may("come_in", "到场", &["非当班到场", "须到场"]),
        NOTE,
    ],
};

/// `tasks.csv`
pub const TASKS: FileColumns = FileColumns {
    file: "tasks.csv",
    columns: &[
        need("name", "名称", &["任务", "任务名称"]),
        need("on", "日子", &["日期", "星期", "date", "weekday", "日期或星期"]),
        need("start", "开始时间", &["开始", "起"]),
        need("end", "结束时间", &["结束", "止"]),
        may("minutes", "分钟", &["时长", "时长分钟", "用时"]),
        may("channel", "渠道", &["业务渠道", "队列", "queue", "skill", "技能"]),
        may("scope", "范围", &["适用范围", "人员范围"]),
        may("people", "人数", &["所需人数"]),
        NOTE,
    ],
};

/// `approvals.csv`
pub const APPROVALS: FileColumns = FileColumns {
    file: "approvals.csv",
    columns: &[
        need("id", "工号", ID),
        may("name", "姓名", NAME),
        need("from", "开始日期", FROM),
        may("to", "结束日期", TO),
        need("overtime_hours", "加班小时", &["加班时数", "加班小时数", "批准小时"]),
        may("approved_by", "批准人", &["审批人"]),
        NOTE,
    ],
};

/// Every file that a case folder may hold.
pub const CASE_FILES: [&FileColumns; 15] = [
    &STAFF, &SHIFTS, &FORECAST, &DEMAND, &RULES, &CHANNELS, &CALENDAR, &LEAVE, &REQUESTS, &PINS, &HISTORY,
    &MEETINGS, &TASKS, &APPROVALS, &PUBLISHED,
];

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn headers_of_files_we_write_are_the_words_we_write() {
        for file in [ROTA, DUTIES, HANDOVER, DEMAND, PAYROLL] {
            for column in file.columns {
                assert_eq!(crate::base::words::column(column.name).zh, column.zh, "{}", file.file);
            }
        }
    }

    #[test]
    fn no_header_means_two_columns_of_one_file() {
        for file in CASE_FILES.into_iter().chain([&ROTA, &DUTIES, &HANDOVER, &PAYROLL]) {
            let mut seen = HashSet::new();
            for column in file.columns {
                let words: HashSet<&str> =
                    [column.name, column.zh].into_iter().chain(column.also.iter().copied()).collect();
                for word in words {
                    assert!(seen.insert(word), "{}: {word}", file.file);
                }
            }
        }
    }
}
