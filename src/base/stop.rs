//! When to stop: a clock, a work limit that makes runs repeatable, and a flag that Ctrl-C raises.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// Composable stop criterion, shared by all threads of a solve.
///
/// *Work* is a count of deterministic units (labels and pivots), charged at synchronisation points only, so
/// that a run with a work limit stops at the same place on any number of threads.
#[derive(Clone, Debug)]
pub struct StopCriterion {
    started: Instant,
    time_limit: Option<Duration>,
    /// The limit of the whole, where `time_limit` is that of a phase.
    last: Option<Duration>,
    work_limit: Option<u64>,
    work: Arc<AtomicU64>,
    interrupt: Arc<AtomicBool>,
}

impl StopCriterion {
    /// Starts the clock now. `interrupt` is raised from outside (Ctrl-C).
    #[must_use]
    pub fn new(time_limit: Option<Duration>, work_limit: Option<u64>, interrupt: Arc<AtomicBool>) -> Self {
        Self {
            started: Instant::now(),
            time_limit,
            last: time_limit,
            work_limit,
            work: Arc::default(),
            interrupt,
        }
    }
    /// No limit at all.
    #[must_use]
    pub fn never() -> Self {
        Self::new(None, None, Arc::default())
    }
    /// Time since the start.
    #[must_use]
    pub fn elapsed(&self) -> Duration {
        self.started.elapsed()
    }
    /// Adds deterministic work units.
    pub fn charge(&self, units: u64) {
        self.work.fetch_add(units, Ordering::Relaxed);
    }
    /// Work units so far.
    #[must_use]
    pub fn work(&self) -> u64 {
        self.work.load(Ordering::Relaxed)
    }
    /// Whether Ctrl-C was pressed.
    #[must_use]
    pub fn interrupted(&self) -> bool {
        self.interrupt.load(Ordering::Relaxed)
    }
    /// Whether any limit has been reached.
    #[must_use]
    pub fn reached(&self) -> bool {
        self.interrupted() || self.used() >= 1.0
    }
    /// Whether it is time to stop whatever the work: Ctrl-C, or the clock. The only question that parallel parts
    /// and inner loops may ask; it never depends on the work of other threads.
    #[must_use]
    pub fn out_of_time(&self) -> bool {
        self.interrupted() || self.time_limit.is_some_and(|l| self.elapsed() >= l)
    }
    /// Like [`StopCriterion::out_of_time`], but for the limit of the whole in a phase.
    #[must_use]
    pub fn expired(&self) -> bool {
        self.interrupted() || self.last.is_some_and(|l| self.elapsed() >= l)
    }
    /// Seconds that `share` of the time limit still allows; `None` without a clock and where a work limit makes the
    /// run repeatable: for a library that knows no other limit than the clock.
    #[must_use]
    pub fn seconds_within(&self, share: f64) -> Option<f64> {
        let limit = self.time_limit.filter(|_| self.work_limit.is_none())?.mul_f64(share);
        let left = limit.saturating_sub(self.elapsed()).as_secs_f64();
        (left > 0.0 && !self.interrupted()).then_some(left)
    }
    /// The same clock, work and flag with `share` of the limits: for a phase that has to leave some to the next.
    #[must_use]
    pub fn within(&self, share: f64) -> Self {
        let work_limit = self.work_limit.map(|l| (l as f64 * share) as u64);
        Self { time_limit: self.time_limit.map(|l| l.mul_f64(share)), work_limit, ..self.clone() }
    }
    /// The same with the time limit `reserve` earlier, but at most a fifth of it: for what has to follow.
    #[must_use]
    pub fn sooner(&self, reserve: Duration) -> Self {
        let earlier = |l: Duration| l.saturating_sub(reserve).max(l.mul_f64(0.8));
        Self { time_limit: self.time_limit.map(earlier), last: self.last.map(earlier), ..self.clone() }
    }
    /// The same limits with a count of work of its own that starts where this one stands: for a task that runs
    /// beside others, whose work must not decide where this one stops.
    #[must_use]
    pub fn apart(&self) -> Self {
        Self { work: Arc::new(AtomicU64::new(self.work())), ..self.clone() }
    }
    /// Share of the tightest limit used up so far, 0 to 1 and above; 0 without a limit.
    #[must_use]
    pub fn used(&self) -> f64 {
        let time = self.time_limit.map_or(0.0, |l| self.elapsed().as_secs_f64() / l.as_secs_f64().max(1e-9));
        let work = self.work_limit.map_or(0.0, |l| self.work() as f64 / l.max(1) as f64);
        time.max(work)
    }
}
