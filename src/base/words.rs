//! The words of the output files in both languages, so that a Chinese file can be written and read back.

use super::Text;

/// Column names of output files: English, Chinese.
pub const COLUMNS: &[(&str, &str)] = &[
    ("date", "日期"),
    ("weekday", "星期"),
    ("id", "工号"),
    ("name", "姓名"),
    ("team", "班组"),
    ("contract", "合同"),
    ("shift", "班次"),
    ("band", "班别"),
    ("start", "开始时间"),
    ("end", "结束时间"),
    ("times", "时段"),
    ("paid_minutes", "计薪分钟"),
    ("overtime_minutes", "加班分钟"),
    ("pinned", "固定"),
    ("activity", "活动"),
    ("batch", "批次"),
    ("channel", "渠道"),
    ("kind", "交接方式"),
    ("from_id", "交班工号"),
    ("from_name", "交班人"),
    ("to_id", "接班工号"),
    ("to_name", "接班人"),
    ("backup_id", "备用工号"),
    ("backup_name", "备用人"),
    ("note", "备注"),
    ("required", "需求人数"),
    ("rostered", "在岗人数"),
    ("short", "缺员"),
    ("over", "富余"),
    ("service_level", "服务水平"),
    ("occupancy", "占用率"),
    ("predicted", "预测服务水平"),
    ("level_low", "服务水平下限"),
    ("level_high", "服务水平上限"),
    ("wait_s", "等待秒数"),
    ("wait_low", "等待秒数下限"),
    ("wait_high", "等待秒数上限"),
    ("backlog", "积压"),
    ("backlog_low", "积压下限"),
    ("backlog_high", "积压上限"),
    ("late_contacts", "逾期件数"),
    ("difference_points", "相差百分点"),
    ("asa_s", "平均等待秒数"),
    ("abandoned", "放弃率"),
    ("level_definition", "服务水平口径"),
    ("employed", "编制人数"),
    ("agents", "人数"),
    ("under_weight", "缺员权重"),
    ("over_weight", "富余权重"),
    ("volume", "话量"),
    ("aht_s", "平均处理时长"),
    ("source", "来源"),
    ("days_worked", "出勤天数"),
    ("rest_days", "休息天数"),
    ("leave_days", "请假天数"),
    ("paid_hours", "计薪工时"),
    ("normal_hours", "正常工时"),
    ("ot_150_hours", "加班工时150%"),
    ("ot_200_hours", "加班工时200%"),
    ("ot_300_hours", "加班工时300%"),
    ("overtime_hours", "加班工时合计"),
    ("overtime_cap", "加班上限"),
    ("headroom_hours", "加班余量"),
    ("night_hours", "夜间工时"),
    ("late_shifts", "晚班次数"),
    ("weekends", "周末出勤次数"),
    ("statutory_days", "法定节假日出勤天数"),
    ("comp_rest_hours", "已补休工时"),
    ("comp_rest_owed_hours", "待补休工时"),
    ("normal_pay", "正常工资"),
    ("ot_150_pay", "加班工资150%"),
    ("ot_200_pay", "加班工资200%"),
    ("ot_300_pay", "加班工资300%"),
    ("total_pay", "工资合计"),
    ("month", "月份"),
    ("ot_unknown_hours", "加班工时（类别未知）"),
    ("leave", "假别"),
    ("short_hours", "缺员工时"),
    ("rank", "顺位"),
    ("substitute_id", "替班工号"),
    ("substitute_name", "替班人"),
    ("covers_hours", "可补工时"),
    ("added_overtime_hours", "新增加班工时"),
    ("rate_type", "工时类别"),
    ("hours", "工时"),
    ("minutes", "分钟"),
    ("rule", "规则"),
    ("scope", "范围"),
    ("strength", "强度"),
    ("weight", "权重"),
    ("amount", "数量"),
    ("penalty", "罚分"),
    ("who", "对象"),
    ("when", "时间"),
    ("why", "原因"),
];

/// Words inside cells: English, Chinese.
pub const CELLS: &[(&str, &str)] = &[
    ("OFF", "休"),
    ("meal", "用餐"),
    ("meeting", "会议"),
    ("task", "任务"),
    ("handover", "交接"),
    ("tail", "延时"),
    ("overlap", "同班交接"),
    ("early_arrival", "提前到岗"),
    ("message", "留言交接"),
    ("none", "无人接班"),
    ("yes", "是"),
    ("no", "否"),
    ("hard", "硬性"),
    ("soft", "软性"),
    ("offered", "占全部来件"),
    ("served", "占已接来件"),
    ("less_early_abandons", "不计目标内放弃"),
    ("waits_within", "等待不超目标"),
    ("demand", "需求表"),
    ("forecast", "预测"),
    ("TOTAL", "合计"),
    ("REG", "正常"),
    ("OT150", "加班150%"),
    ("OT200", "加班200%"),
    ("OT300", "加班300%"),
    ("cells", "班表完整"),
    ("employment", "在职日期"),
    ("leave", "已批准请假"),
    ("pins", "固定班次"),
    ("no_night", "不上夜班"),
    ("two_shifts", "班次重叠"),
    ("no_overtime", "不加班"),
    ("duties", "班内安排"),
    ("days_off", "固定休息日"),
    ("max_minutes", "工时上限"),
    ("min_minutes", "工时下限"),
    ("requests", "班次请求"),
    ("cover", "人数需求"),
];

/// Kinds of leave as the rota shows them: English, Chinese.
pub const LEAVE_KINDS: &[(&str, &str)] = &[
    ("ANNUAL", "年假"),
    ("SICK", "病假"),
    ("PERSONAL", "事假"),
    ("COMP", "调休"),
    ("MARRIAGE", "婚假"),
    ("MATERNITY", "产假"),
    ("PATERNITY", "陪产假"),
    ("PARENTAL", "育儿假"),
    ("BEREAVEMENT", "丧假"),
    ("INJURY", "工伤假"),
    ("TRAINING", "培训假"),
    ("UNPAID", "无薪假"),
    ("HOME", "探亲假"),
    ("NURSING", "哺乳假"),
    ("PRENATAL", "产检假"),
    ("STUDY", "考试假"),
    ("OTHER", "其他假"),
    ("ABSENCE", "旷工"),
    ("LEAVE", "请假"),
];

/// What stands for a kind of leave where there is room for a letter or two: kind, English, Chinese.
const LEAVE_MARKS: &[(&str, &str, &str)] = &[
    ("ANNUAL", "AL", "年"),
    ("SICK", "SL", "病"),
    ("PERSONAL", "PL", "事"),
    ("COMP", "CO", "调"),
    ("MARRIAGE", "MR", "婚"),
    ("MATERNITY", "MT", "产"),
    ("PATERNITY", "PT", "陪"),
    ("PARENTAL", "PR", "育"),
    ("BEREAVEMENT", "BL", "丧"),
    ("INJURY", "IL", "伤"),
    ("TRAINING", "TR", "训"),
    ("UNPAID", "UL", "无"),
    ("HOME", "HL", "探"),
    ("NURSING", "NU", "哺"),
    ("PRENATAL", "PN", "检"),
    ("STUDY", "ST", "考"),
    ("OTHER", "OL", "他"),
    ("ABSENCE", "AB", "旷"),
    ("LEAVE", "LV", "假"),
];

fn look_up(list: &[(&str, &str)], en: &str) -> Text {
    match list.iter().find(|(e, _)| *e == en) {
        Some((e, z)) => Text::new(*e, *z),
        None => Text::same(en),
    }
}

/// A column name in both languages; an unknown one stays as it is.
#[must_use]
pub fn column(en: &str) -> Text {
    look_up(COLUMNS, en)
}

/// A cell word in both languages; an unknown one stays as it is.
#[must_use]
pub fn cell(en: &str) -> Text {
    look_up(CELLS, en)
}

/// A kind of leave in both languages; a word that is not in the list stays as the user wrote it.
#[must_use]
pub fn leave_kind(en: &str) -> Text {
    look_up(LEAVE_KINDS, en)
}

/// Marks for these kinds of leave, a letter or two, no two of them and none of `taken` alike. A kind that is not in the list
/// is shortened as far as it stays clear.
#[must_use]
pub fn leave_marks(kinds: &[&str], taken: &[&str]) -> Vec<Text> {
    let usual = |kind: &str| LEAVE_MARKS.iter().find(|(k, ..)| *k == kind);
    let english: Vec<(String, Option<&str>)> =
        kinds.iter().map(|k| ((*k).to_owned(), usual(k).map(|u| u.1))).collect();
    let chinese: Vec<(String, Option<&str>)> =
        kinds.iter().map(|k| (leave_kind(k).zh, usual(k).map(|u| u.2))).collect();
    let marks = marks(&english, taken).into_iter().zip(marks(&chinese, taken));
    marks.map(|(en, zh)| Text { en, zh }).collect()
}

/// The usual mark of each word, else its shortest beginning that is still free.
fn marks(words: &[(String, Option<&str>)], taken: &[&str]) -> Vec<String> {
    let mut used: Vec<String> = taken.iter().map(|t| (*t).to_owned()).collect();
    let first = used.len();
    for (word, usual) in words {
        let letters: Vec<char> = word.chars().collect();
        let least = if word.is_ascii() { 2 } else { 1 }.min(letters.len());
        let parts = (least..=letters.len()).map(|n| letters[..n].iter().collect::<String>());
        let numbered = (2..).map(|n| format!("{word}{n}"));
        let mut marks = usual.map(str::to_owned).into_iter().chain(parts).chain(numbered);
        used.extend(marks.find(|m| !used.contains(m)));
    }
    used.split_off(first)
}

/// The English form of a Chinese word of `list`, for reading back; any other word stays as it is.
#[must_use]
pub fn english<'a>(list: &[(&'static str, &'static str)], word: &'a str) -> &'a str {
    list.iter().find(|(_, z)| *z == word).map_or(word, |(e, _)| e)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_has_one_meaning_in_each_language() {
        for list in [COLUMNS, CELLS, LEAVE_KINDS] {
            for (i, a) in list.iter().enumerate() {
                assert!(list[..i].iter().all(|b| a.0 != b.0 && a.1 != b.1), "{a:?}");
            }
        }
    }

    #[test]
    fn every_kind_of_leave_has_a_mark_of_its_own() {
        let kinds: Vec<&str> = LEAVE_KINDS.iter().map(|(en, _)| *en).collect();
        let marks = leave_marks(&kinds, &["E", "AL"]);
        // AL is a shift here.
        assert_eq!((marks[0].en.as_str(), marks[0].zh.as_str()), ("AN", "年"));
        assert_eq!((marks[1].en.as_str(), marks[1].zh.as_str()), ("SL", "病"));
        for (i, m) in marks.iter().enumerate() {
            assert!(m.en.chars().count() == 2 && m.zh.chars().count() == 1, "{m:?}");
            assert!(marks[..i].iter().all(|other| other.en != m.en && other.zh != m.zh), "{m:?}");
        }
        let own = leave_marks(&["产检假", "MATERNITY", "JURY", "JU"], &[]);
        let own: Vec<&str> = own.iter().map(|t| t.zh.as_str()).collect();
        assert_eq!(own, ["产", "产假", "JU", "JU2"]);
    }

    #[test]
    fn chinese_words_are_read_back() {
        assert_eq!(english(CELLS, "休"), "OFF");
        assert_eq!(english(LEAVE_KINDS, "年假"), "ANNUAL");
        assert_eq!(english(CELLS, "voice"), "voice");
    }
}
