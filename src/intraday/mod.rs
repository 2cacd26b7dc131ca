//! The inside of a day: meals, meetings, channels and handovers for given head counts.
