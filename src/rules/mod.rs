//! The rules a user can write in `rules.csv`: their names, values, meaning, defaults and sources.
//!
//! One file a rule. Nothing is evaluated here: evaluation is written twice on purpose, once in
//! [`crate::check`] on the user's form and once in [`crate::problem`] for the engines.

mod catalogue;
mod changeover;
mod comp_rest;
mod describe;
mod fair_band;
mod fair_holidays;
mod fair_hours;
mod fair_weekends;
mod forbidden_succession;
mod handover_is_work;
mod handover_minutes;
mod hours_system;
mod kind;
mod max_consecutive_days;
mod max_hours_month;
mod max_hours_week;
mod max_on_duty;
mod max_shifts;
mod max_weekends;
mod min_consecutive_days;
mod min_consecutive_off;
mod min_hours_month;
mod min_on_duty;
mod min_rest_days_per_week;
mod min_rest_hours;
mod night_window;
mod no_leave;
mod normal_hours_day;
mod normal_hours_week;
mod overtime_cap_day;
mod overtime_cap_month;
mod overtime_needs_approval;
mod parse;
mod rest_week;
mod rotation;
mod rotation_order;
mod scope;
mod spec;
mod value;
mod weight_overstaff;
mod weight_overtime;
mod weight_request;
mod weight_stability;
mod weight_task;
mod weight_understaff;

pub use catalogue::{SPECS, spec, spec_by_name, split_name, wording};
pub use describe::{RuleDescription, describe};
pub use kind::RuleKind;
pub use parse::{expected, parse_value, parse_weekday};
pub use scope::{ChannelKind, Scope, ScopeTerm};
pub use spec::{RuleSpec, TermKind};
pub use value::{HoursSystem, Rotation, RotationOrder, RuleValue, ValueKind};
