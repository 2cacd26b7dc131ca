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
pub(super) const TEMPLATES: &[Template] = &[Template {
    name: "three-shift",
    en: "E-commerce centre of 36: early, mid and late shift, phone, chat and mail, monthly rotation, 36-hour cap",
    zh: "36 人电商客服中心：早、中、晚三班，电话、在线、邮件，每月轮换，36 小时加班上限",
    files: embed!("three-shift":
            "staff.csv", "shifts.csv", "forecast.csv", "rules.csv", "channels.csv", "calendar.csv", "leave.csv",
            "requests.csv", "pins.csv", "history.csv", "meetings.csv"),
}];
