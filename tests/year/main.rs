//! Month after month, each planned from the outputs of the ones before.

mod months;
mod six_on_one_off;
mod split_evening;
#[path = "../templates/support.rs"]
mod support;
mod three_shift;
mod uneven_teams;
