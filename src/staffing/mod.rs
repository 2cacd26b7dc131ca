//! Forecast contacts become people per interval.
