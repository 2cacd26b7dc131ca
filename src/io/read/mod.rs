//! From files to a case.
