//! Words with a fixed meaning, in English and Chinese.

use crate::calendar::DayKind;
use crate::io::read::text::plain;
use crate::model::{LeaveStatus, LevelDefinition, Strength};
use crate::rules::ChannelKind;

/// A word for comparison: NFKC, lower case, no blanks.
pub(in crate::io::read) fn key(text: &str) -> String {
    plain(text).chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}

fn look_up<T: Copy>(text: &str, table: &[(T, &[&str])]) -> Option<T> {
    let key = key(text);
    table.iter().find(|(_, words)| words.contains(&key.as_str())).map(|(value, _)| *value)
}

/// `yes`, `no`, 是, 否 and their like.
pub(in crate::io::read) fn flag(text: &str) -> Option<bool> {
    look_up(
        text,
        &[
            (true, &["yes", "y", "true", "1", "是", "有", "对", "√", "✓"]),
            (false, &["no", "n", "false", "0", "否", "无", "不", "×", "x"]),
        ],
    )
}

/// A weekday, Monday 0.
pub(in crate::io::read) fn weekday(text: &str) -> Option<usize> {
    const ENGLISH: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let key = key(text);
    for lead in ["周", "星期", "礼拜"] {
        if let Some(day) = key.strip_prefix(lead) {
            let names = ["一", "二", "三", "四", "五", "六", "日"];
            let digits = ["1", "2", "3", "4", "5", "6", "7"];
            let at = |list: [&str; 7]| list.iter().position(|n| *n == day);
            return at(names).or(at(digits)).or((day == "天").then_some(6));
        }
    }
    let key = key.trim_end_matches('.');
    let short = |full: &str| match key.len() {
        3.. => full.starts_with(key),
        _ => false,
    };
    ENGLISH.iter().position(|full| short(full))
}

/// A kind of day.
pub(in crate::io::read) fn day_kind(text: &str) -> Option<DayKind> {
    look_up(
        text,
        &[
            (DayKind::Statutory, &["statutory", "法定", "法定节假日", "法定假日", "法定节日"]),
            (DayKind::Holiday, &["holiday", "节假日", "假日", "假期", "放假", "休息日", "补假", "调休放假"]),
            (DayKind::Workday, &["workday", "工作日", "上班", "调休上班", "补班"]),
            (DayKind::Promotion, &["promotion", "促销", "大促", "活动", "促销活动"]),
        ],
    )
}

/// A kind of channel.
pub(in crate::io::read) fn channel_kind(text: &str) -> Option<ChannelKind> {
    look_up(
        text,
        &[
            (ChannelKind::Voice, &["voice", "phone", "call", "电话", "热线", "语音"]),
            (ChannelKind::Chat, &["chat", "在线", "聊天", "即时", "在线客服"]),
            (
                ChannelKind::Deferred,
                &["deferred", "mail", "email", "邮件", "短信", "工单", "延时", "非实时", "离线", "投诉"],
            ),
        ],
    )
}

/// What a service level is a share of.
pub(in crate::io::read) fn level_definition(text: &str) -> Option<LevelDefinition> {
    look_up(
        text,
        &[
            (LevelDefinition::Offered, &["offered", "占全部来件"]),
            (LevelDefinition::Served, &["served", "占已接来件"]),
            (LevelDefinition::LessEarlyAbandons, &["less_early_abandons", "不计目标内放弃"]),
            (LevelDefinition::WaitsWithin, &["waits_within", "等待不超目标"]),
        ],
    )
}

/// Whether a deadline counts open hours only.
pub(in crate::io::read) fn open_hours(text: &str) -> Option<bool> {
    look_up(text, &[(false, &["wall", "clock", "自然小时"]), (true, &["open", "营业小时", "工作小时"])])
}

/// The kind that the name of a channel suggests; voice when it suggests none.
pub(in crate::io::read) fn channel_kind_of_name(name: &str) -> ChannelKind {
    let key = key(name);
    let has = |words: &[&str]| words.iter().any(|w| key.contains(w));
    if has(&["voice", "phone", "call", "电话", "热线", "語音", "语音", "電話"]) {
        ChannelKind::Voice
    } else if has(&["chat", "在线", "聊天", "旺旺", "社交", "在線"]) {
        ChannelKind::Chat
    } else if has(&[
        "mail",
        "邮件",
        "郵件",
        "sms",
        "短信",
        "complaint",
        "投诉",
        "投訴",
        "ticket",
        "工单",
        "deferred",
    ]) {
        ChannelKind::Deferred
    } else {
        ChannelKind::Voice
    }
}

/// `hard` or `soft`.
pub(in crate::io::read) fn strength(text: &str) -> Option<Strength> {
    look_up(
        text,
        &[
            (Strength::Hard, &["hard", "硬", "硬性", "必须", "强制"]),
            (Strength::Soft, &["soft", "软", "软性", "尽量", "弹性"]),
        ],
    )
}

/// State of an application for leave.
pub(in crate::io::read) fn leave_status(text: &str) -> Option<LeaveStatus> {
    look_up(
        text,
        &[
            (
                LeaveStatus::Approved,
                &["approved", "ok", "已批准", "批准", "已批", "同意", "通过", "已通过", "已审批"],
            ),
            (
                LeaveStatus::Pending,
                &["pending", "待批", "待批准", "待审批", "审批中", "申请中", "未审批", "待定", "已申请"],
            ),
            (
                LeaveStatus::Refused,
                &[
                    "refused",
                    "rejected",
                    "denied",
                    "cancelled",
                    "拒绝",
                    "已拒绝",
                    "驳回",
                    "已驳回",
                    "不批准",
                    "未批准",
                    "不同意",
                    "已取消",
                    "撤销",
                ],
            ),
        ],
    )
}

/// Further words for the kinds of leave in [`crate::base::words::LEAVE_KINDS`].
const MORE_LEAVE_WORDS: [(&str, &[&str]); 8] = [
    ("ANNUAL", &["年休假", "带薪年假", "vacation"]),
    ("PERSONAL", &["事假"]),
    ("COMP", &["调休假", "补休", "换休"]),
    ("PATERNITY", &["护理假"]),
    ("INJURY", &["工伤"]),
    ("TRAINING", &["培训"]),
    ("LEAVE", &["假", "休假", "请假"]),
    ("OTHER", &["其他"]),
];

/// The usual English word in capitals of a kind of leave, if it is one of the usual kinds.
pub(in crate::io::read) fn leave_kind(text: &str) -> Option<&'static str> {
    let key = key(text);
    let listed = crate::base::words::LEAVE_KINDS.iter();
    let listed =
        listed.clone().find(|(en, zh)| en.eq_ignore_ascii_case(&key) || *zh == key).map(|(en, _)| *en);
    listed.or_else(|| {
        MORE_LEAVE_WORDS.iter().find(|(_, words)| words.contains(&key.as_str())).map(|(en, _)| *en)
    })
}

/// Whether a cell of a rota says that the person is off.
pub(in crate::io::read) fn is_off(text: &str) -> bool {
    matches!(
        key(text).as_str(),
        "off"
            | "rest"
            | "o"
            | "休"
            | "休息"
            | "轮休"
            | "公休"
            | "例休"
            | "排休"
            | "休息日"
            | "周休"
            | "dayoff"
    )
}

/// Whether a cell of a rota says that the person is not employed on that day.
pub(in crate::io::read) fn is_absent(text: &str) -> bool {
    matches!(key(text).as_str(), "-" | "--" | "离职" | "未入职" | "absent")
}

/// Whether the first cell of a row says that it holds totals.
pub(in crate::io::read) fn is_total(text: &str) -> bool {
    let key = key(text);
    let key = key.trim_end_matches([':', '.']);
    matches!(
        key,
        "合计" | "小计" | "总计" | "总数" | "共计" | "total" | "totals" | "subtotal" | "grandtotal" | "sum"
    )
}

/// The parts of a list cell, cleaned; `;` `；` `、` separate.
pub(in crate::io::read) fn list(text: &str) -> impl Iterator<Item = std::borrow::Cow<'_, str>> {
    text.split([';', '；', '、']).map(crate::io::read::text::clean).filter(|part| !part.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weekdays_have_many_names() {
        for (text, day) in
            [("Mon", 0), ("monday", 0), ("周一", 0), ("星期天", 6), ("礼拜日", 6), ("SUN", 6), ("Tues", 1)]
        {
            assert_eq!(weekday(text), Some(day), "{text}");
        }
        for text in ["", "M", "周", "周八", "x", "Monty"] {
            assert_eq!(weekday(text), None, "{text}");
        }
    }

    #[test]
    fn a_channel_name_suggests_its_kind() {
        assert_eq!(channel_kind_of_name("热线"), ChannelKind::Voice);
        assert_eq!(channel_kind_of_name("在线客服"), ChannelKind::Chat);
        assert_eq!(channel_kind_of_name("e-mail"), ChannelKind::Deferred);
        assert_eq!(channel_kind_of_name("vip"), ChannelKind::Voice);
    }

    #[test]
    fn lists_are_split_at_any_separator() {
        assert_eq!(list("a; b；c、").collect::<Vec<_>>(), ["a", "b", "c"]);
    }
}
