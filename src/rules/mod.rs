//! The rules a user can write in `rules.csv`: their names, values, meaning, defaults and sources.
//!
//! One file a rule. Nothing is evaluated here: evaluation is written twice on purpose, once in
//! [`crate::check`] on the user's form and once in [`crate::problem`] for the engines.

mod kind;
mod scope;
mod spec;
mod value;

pub use kind::RuleKind;
pub use scope::{ChannelKind, Scope, ScopeTerm};
pub use spec::{RuleSpec, TermKind};
pub use value::{HoursSystem, Rotation, RotationOrder, RuleValue, ValueKind};
