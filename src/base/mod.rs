//! The ground floor: minutes, spans, typed indices, bilingual text, random numbers and stop criteria.
//!
//! Knows nothing of cases, rules or engines.

pub mod index;
pub mod random;
pub mod span;
pub mod stop;
pub mod text;
pub mod words;

pub use span::{DAY_MINUTES, Minute, Span, clock};
pub use text::{Lang, Text, counted};
