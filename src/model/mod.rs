//! What the user wrote ([`Case`]) and what comes out ([`Rota`]), in names and dates, each fact with its origin.

mod case;
mod channel;
mod contacts;
mod duty;
mod instance;
mod past;
mod people;
mod requirement;
mod rota;
mod rulebook;
mod shift;
mod task;
mod wage;
mod wishes;

pub use case::{Case, InputFile};
pub use channel::{Channel, Flexible, LateTarget, LevelDefinition};
pub use contacts::{ContactHistory, PastContacts};
pub use duty::{Activity, DayPlan, Duty, Handover, HandoverKind};
pub use instance::{Instance, InstanceCover, InstancePerson, InstanceRequest, InstanceRota, InstanceShift};
pub use past::{PastDay, PastStatus};
pub use people::{Person, Tag};
pub use requirement::{
    DemandRow, ForecastRow, IntervalRequirement, Requirement, RequirementSource, WorkWindow,
};
pub use rota::{DayCell, Rota};
pub use rulebook::{Context, RuleBook, RuleRow, Strength};
pub use shift::ShiftType;
pub use task::{TASK_STEP, Task, TaskDay};
pub use wage::Wage;
pub use wishes::{Approval, Leave, LeaveStatus, Meeting, MeetingDay, Pin, PinTarget, Request, Want};

use std::sync::Arc;

/// Where a fact was written.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Origin {
    /// File name inside the case folder (`staff.csv`).
    pub file: Arc<str>,
    /// 1-based line, 0 for a default that nobody wrote.
    pub line: usize,
}

impl Origin {
    /// A place in a file.
    #[must_use]
    pub fn new(file: &str, line: usize) -> Self {
        Self { file: file.into(), line }
    }
    /// Nobody wrote it: a default.
    #[must_use]
    pub fn default_value() -> Self {
        Self::new("", 0)
    }
}

impl std::fmt::Display for Origin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.line == 0 { write!(f, "default") } else { write!(f, "{}:{}", self.file, self.line) }
    }
}
