//! Files in and out.

pub mod nrp24;
pub mod read;
pub mod write;
