//! Text of a cell to a value: dates, times, numbers and words. Pure functions, no places, no messages.

pub(super) mod date;
pub(super) mod number;
pub(super) mod time;
pub(super) mod word;
