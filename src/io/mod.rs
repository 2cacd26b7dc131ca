//! Files in and out.

pub mod read;
pub mod write;
