//! Rotas at, below and above every limit: accepted, or rejected with the exact amount.

mod batches;
mod counts;
mod coverage;
mod duties;
mod fairness;
mod handovers;
mod hours;
mod legal;
mod meals;
mod meetings;
mod on_duty;
mod presence;
mod rest;
mod roles;
mod rotation;
mod runs;
mod scopes;
mod tasks;
mod wishes;

use super::testing::CaseBuilder;

/// Two weeks from Monday 2026-01-05 with an early, a late and a night shift of eight hours, for A alone.
fn one() -> CaseBuilder {
    shifts(14).person("A")
}

/// Days from Monday 2026-01-05 with shifts `E` (early), `L` (late) and `N` (night).
fn shifts(days: usize) -> CaseBuilder {
    CaseBuilder::new("2026-01-05", days)
        .shift("E", "early", "08:00-16:00")
        .shift("L", "late", "14:00-22:00")
        .shift("N", "night", "22:00-30:00")
}
