//! The names of all rules.

/// A rule of `rules.csv`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs, reason = "each variant is documented by its spec file, and `paiban rules` prints it")]
pub enum RuleKind {
    MaxConsecutiveDays,
    MinConsecutiveDays,
    MinConsecutiveOff,
    MinRestDaysPerWeek,
    RestWeek,
    MinRestHours,
    ForbiddenSuccession,
    Rotation,
    RotationOrder,
    Changeover,
    MinOnDuty,
    MaxOnDuty,
    HoursSystem,
    NormalHoursDay,
    NormalHoursWeek,
    OvertimeCapMonth,
    OvertimeCapDay,
    OvertimeNeedsApproval,
    CompRest,
    HandoverMinutes,
    HandoverIsWork,
    MinHoursMonth,
    MaxHoursMonth,
    MaxHoursWeek,
    MaxShifts,
    MaxWeekends,
    NightWindow,
    NoLeave,
    FairHours,
    FairWeekends,
    /// `fair_band:late`: the band is [`crate::model::RuleRow::band`].
    FairBand,
    FairHolidays,
    WeightUnderstaff,
    WeightOverstaff,
    WeightTask,
    WeightOvertime,
    WeightRequest,
    WeightStability,
}

impl RuleKind {
    /// Every rule, in the order of the format page.
    pub const ALL: [RuleKind; 38] = [
        Self::MaxConsecutiveDays,
        Self::MinConsecutiveDays,
        Self::MinConsecutiveOff,
        Self::MinRestDaysPerWeek,
        Self::RestWeek,
        Self::MinRestHours,
        Self::ForbiddenSuccession,
        Self::Rotation,
        Self::RotationOrder,
        Self::Changeover,
        Self::MinOnDuty,
        Self::MaxOnDuty,
        Self::HoursSystem,
        Self::NormalHoursDay,
        Self::NormalHoursWeek,
        Self::OvertimeCapMonth,
        Self::OvertimeCapDay,
        Self::OvertimeNeedsApproval,
        Self::CompRest,
        Self::HandoverMinutes,
        Self::HandoverIsWork,
        Self::MinHoursMonth,
        Self::MaxHoursMonth,
        Self::MaxHoursWeek,
        Self::MaxShifts,
        Self::MaxWeekends,
        Self::NightWindow,
        Self::NoLeave,
        Self::FairHours,
        Self::FairWeekends,
        Self::FairBand,
        Self::FairHolidays,
        Self::WeightUnderstaff,
        Self::WeightOverstaff,
        Self::WeightTask,
        Self::WeightOvertime,
        Self::WeightRequest,
        Self::WeightStability,
    ];

    /// The rules of which all rows apply; of the others the most special row holds.
    #[must_use]
    pub fn all_rows_apply(self) -> bool {
        matches!(self, Self::ForbiddenSuccession | Self::MinOnDuty | Self::MaxOnDuty | Self::MaxShifts)
    }
}
