//! One state machine per rule family about the order of a person's days.

mod no_overtime;
mod relief;
mod rest_hours;
mod rest_week;
mod rotation;
mod runs;
mod succession;
mod two_places;

pub(super) use no_overtime::{Fill, NoOvertime};
pub(super) use relief::ReliefCycle;
pub(super) use rest_hours::RestHours;
pub(super) use rest_week::{RestWeek, RollingRest};
pub(super) use rotation::{OrderRow, RotationMachine};
pub(super) use runs::{LongRun, RunKind, ShortRun};
pub(super) use succession::Succession;
pub(super) use two_places::TwoPlaces;
