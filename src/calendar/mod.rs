//! The horizon, its weeks, and what kind of day a date is.

mod horizon;
mod shipped;
mod table;

pub use horizon::Horizon;
pub use shipped::shipped;
pub use table::{Calendar, CalendarDay, DayKind, Knowledge};

/// ISO weeks of paiban start on Monday; English short names in that order.
pub const WEEKDAYS_EN: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
/// Chinese short names, Monday first.
pub const WEEKDAYS_ZH: [&str; 7] = ["周一", "周二", "周三", "周四", "周五", "周六", "周日"];
