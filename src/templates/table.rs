//! The texts of the templates, embedded.

/// A template.
pub(super) struct Template {
    /// Name on the command line.
    pub(super) name: &'static str,
    /// What it is about.
    pub(super) en: &'static str,
    /// The same in Chinese.
    pub(super) zh: &'static str,
    /// File name and text.
    pub(super) files: &'static [(&'static str, &'static str)],
}

/// Embeds the files of a template: `embed!("three-shift": "staff.csv", …)`.
macro_rules! embed {
    ($name:literal: $($file:literal),+) => {
        &[$(($file, include_str!(concat!("../../data/templates/", $name, "/", $file)))),+]
    };
}

/// All templates, in the order of [`super::NAMES`].
pub(super) const TEMPLATES: &[Template] = &[
    Template {
        name: "three-shift",
        en: "E-commerce centre of 36: three shifts, phone, chat and mail, monthly rotation, 36-hour cap",
        zh: "36 人电商客服中心：早、中、晚三班，电话、在线、邮件，每月轮换，36 小时加班上限",
        files: embed!("three-shift":
            "staff.csv", "shifts.csv", "forecast.csv", "rules.csv", "channels.csv", "calendar.csv",
            "leave.csv", "requests.csv", "pins.csv", "history.csv", "meetings.csv"),
    },
    Template {
        name: "two-shift",
        en: "Chat team of 13: day 8:30-17:00 and evening 16:30-24:00, one rest day a week, Monday meeting",
        zh: "13 人在线客服：白班 8:30–17:00、晚班 16:30–24:00，做六休一，周一例会",
        files: embed!("two-shift":
            "staff.csv", "shifts.csv", "forecast.csv", "rules.csv", "channels.csv", "calendar.csv",
            "leave.csv", "requests.csv", "history.csv", "meetings.csv", "tasks.csv"),
    },
    Template {
        name: "split-evening",
        en: "Chat team of three: day shift and split evening, three-week cycle, changeover on Saturday",
        zh: "三人在线客服：白班与两段晚班，三周一个循环，周六换班",
        files: embed!("split-evening":
            "staff.csv", "shifts.csv", "demand.csv", "rules.csv", "leave.csv", "requests.csv",
            "history.csv", "meetings.csv"),
    },
    Template {
        name: "office",
        en: "The smallest case: eight people, five days of eight hours, weekend duty in turns",
        zh: "最小案例：八人，五天八小时，周末轮流值班",
        files: embed!("office":
            "staff.csv", "shifts.csv", "demand.csv", "rules.csv", "leave.csv", "requests.csv"),
    },
    Template {
        name: "hotline",
        en: "Warehouse logistics: phone within three rings, SMS and mail within 24 hours, approved overtime",
        zh: "仓储物流热线：电话三声内接听，短信、邮件 24 小时内回复，加班须批准",
        files: embed!("hotline":
            "staff.csv", "shifts.csv", "forecast.csv", "rules.csv", "channels.csv", "leave.csv",
            "requests.csv", "history.csv", "approvals.csv"),
    },
    Template {
        name: "courier",
        en: "Courier centre: inquiry, complaint and feedback, weekly rotation, comprehensive hours",
        zh: "快递客服中心：咨询、投诉、反馈，每周轮换，综合计算工时",
        files: embed!("courier":
            "staff.csv", "shifts.csv", "forecast.csv", "rules.csv", "channels.csv", "leave.csv",
            "requests.csv", "history.csv", "meetings.csv"),
    },
    Template {
        name: "posts",
        en: "Logistics posts: seven posts each covered, a quality check every day, a key-account team",
        zh: "物流客服岗位：七个岗位不断人，每日质检，大客户小组",
        files: embed!("posts":
            "staff.csv", "shifts.csv", "demand.csv", "rules.csv", "leave.csv", "requests.csv",
            "meetings.csv", "tasks.csv"),
    },
    Template {
        name: "after-sales",
        en: "Lost, damaged, late and wrong parcels: phone, mail, chat, social media, part of the rota published",
        zh: "快递售后：丢失、损坏、延误、错发；电话、邮件、在线、社交媒体，部分班表已公布",
        files: embed!("after-sales":
            "staff.csv", "shifts.csv", "forecast.csv", "rules.csv", "channels.csv", "leave.csv",
            "requests.csv", "history.csv", "published.csv"),
    },
];
