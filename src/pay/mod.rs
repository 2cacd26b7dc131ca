//! Working time, the overtime ledger and pay classes.
