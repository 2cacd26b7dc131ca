//! Parts that are still on their way, replaced one by one.

#![allow(missing_docs)]

pub mod intraday {
    use crate::model::{Case, DayPlan, Rota};
    use crate::problem::Block;
    use crate::problem::day::CellTable;
    pub fn plan(_: &Case, _: &Rota, _: &[Block], _: &CellTable) -> DayPlan {
        DayPlan::default()
    }
}
