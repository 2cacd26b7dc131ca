//! `rotation` with `rotation_order`: within a period a person works one band only, and the bands of successive
//! periods follow an order.
//!
//! With counts c(b) of the days worked in band b of a period, history days of it included, the amount missed is
//! what the horizon adds to Σ c − max c. It grows by one with every day worked in a band that does not then lead,
//! so it is charged day by day. The state keeps how far each band lies behind the leader.

use crate::model::PastStatus;
use crate::problem::compile::automaton::Machine;
use crate::problem::compile::view::{Priced, View};
use crate::problem::{DayOption, What};
use crate::rules::RotationOrder;

/// The row of the order, with the order.
#[derive(Clone, Copy)]
pub(in crate::problem::compile) struct OrderRow<'a> {
    pub(in crate::problem::compile) row: Priced<'a>,
    pub(in crate::problem::compile) order: &'a RotationOrder,
}

/// The machine of one `rotation` row.
pub(in crate::problem::compile) struct RotationMachine<'a> {
    rotation: Option<Priced<'a>>,
    order: Option<OrderRow<'a>>,
    /// Whether the first day worked in the horizon settles the band of its period (the rotation is hard).
    settles: bool,
    /// By day: whether a period begins.
    begins: Vec<bool>,
    /// Longest period in days: a band that lies behind by more than half of it never leads again.
    longest: i64,
    bands: Vec<String>,
    band_of: Vec<usize>,
    start: Period,
}

/// The period that goes on.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::problem::compile) struct Period {
    /// How far each band lies behind the leader.
    behind: Vec<i64>,
    /// Whether anything was worked in it, and whether in the horizon.
    worked: bool,
    inside: bool,
    /// What the last period with work may be called: (band, price above the cheapest way); empty: free.
    before: Vec<(usize, i64)>,
}

impl<'a> RotationMachine<'a> {
    /// `period` numbers the periods by day, history included; none is longer than `longest` days.
    pub(in crate::problem::compile) fn new(
        view: &View<'_>,
        rotation: Option<Priced<'a>>,
        order: Option<OrderRow<'a>>,
        settles: bool,
        period: &dyn Fn(i64) -> i64,
        longest: i64,
    ) -> Self {
        let mut bands: Vec<String> = Vec::new();
        let mut number = |band: &str| {
            bands.iter().position(|b| b == band).unwrap_or_else(|| {
                bands.push(band.to_owned());
                bands.len() - 1
            })
        };
        let band_of = view.case.shifts.iter().map(|s| number(&s.band)).collect();
        let past: Vec<(i64, usize)> = (1..=view.known_days())
            .rev()
            .filter_map(|k| match view.past(-k).map(|r| &r.status) {
                Some(PastStatus::Work { band, .. }) => Some((-k, number(band))),
                _ => None,
            })
            .collect();
        let column = view.person.band.as_deref().filter(|b| !b.is_empty()).map(&mut number);
        let counts = |in_period: i64| {
            let mut c = vec![0i64; bands.len()];
            past.iter().filter(|(d, _)| period(*d) == in_period).for_each(|(_, b)| c[*b] += 1);
            c
        };
        let current = period(0);
        let earlier = past.iter().map(|(d, _)| period(*d)).filter(|&n| n < current).max();
        let before = match (&order, earlier, column) {
            (None, ..) | (_, None, None) => Vec::new(),
            (_, Some(n), _) => leaders(&behind(&counts(n))).map(|b| (b, 0)).collect(),
            (_, None, Some(b)) => vec![(b, 0)],
        };
        let now = counts(current);
        let start =
            Period { behind: behind(&now), worked: now.iter().any(|&c| c > 0), inside: false, before };
        let begins = (0..view.days() as i64).map(|d| d > 0 && period(d) != period(d - 1)).collect();
        Self { rotation, order, settles, begins, longest, bands, band_of, start }
    }

    /// So far behind is as good as for ever.
    fn limit(&self) -> i64 {
        self.longest / 2 + 1
    }
    /// Names a period by one of `bands`: the ways to do so with what each costs above the cheapest, and the price
    /// of that one; `None` when every way breaks a hard order.
    fn name(&self, before: &[(usize, i64)], bands: &[usize]) -> Option<(Vec<(usize, i64)>, i64)> {
        let Some(order) = &self.order else { return Some((Vec::new(), 0)) };
        let cheapest = |b: usize| {
            if before.is_empty() {
                return Some(0);
            }
            before
                .iter()
                .filter_map(|&(a, p)| {
                    Some(p + order.row.charge(i64::from(!self.follows(order.order, a, b)))?)
                })
                .min()
        };
        let ways: Vec<(usize, i64)> = bands.iter().filter_map(|&b| Some((b, cheapest(b)?))).collect();
        let least = ways.iter().map(|w| w.1).min()?;
        Some((ways.into_iter().map(|(b, p)| (b, p - least)).collect(), least))
    }
    /// Whether band `b` may follow band `a`. A band outside the cycle may enter it anywhere.
    fn follows(&self, order: &RotationOrder, a: usize, b: usize) -> bool {
        let RotationOrder::Cycle(cycle) = order else { return a != b };
        let (a, b) = (&self.bands[a], &self.bands[b]);
        if !cycle.contains(a) {
            return cycle.contains(b);
        }
        (0..cycle.len()).any(|i| cycle[i] == *a && cycle[(i + 1) % cycle.len()] == *b)
    }
    /// What the end of a period makes of the names, and its price.
    fn close(&self, period: &Period) -> Option<(Vec<(usize, i64)>, i64)> {
        if !period.worked || (self.settles && period.inside) || self.order.is_none() {
            return Some((period.before.clone(), 0));
        }
        let bands: Vec<usize> = leaders(&period.behind).collect();
        self.name(if period.inside { &period.before } else { &[] }, &bands)
    }
}

/// How far each count lies behind the largest.
fn behind(counts: &[i64]) -> Vec<i64> {
    let most = counts.iter().copied().max().unwrap_or(0);
    counts.iter().map(|c| most - c).collect()
}

/// The bands that lead.
fn leaders(behind: &[i64]) -> impl Iterator<Item = usize> + '_ {
    behind.iter().enumerate().filter(|(_, b)| **b == 0).map(|(i, _)| i)
}

impl Machine for RotationMachine<'_> {
    type State = Period;
    fn start(&self) -> Period {
        self.start.clone()
    }
    fn step(&self, state: &Period, day: usize, option: &DayOption) -> Option<(Period, i64)> {
        let mut price = 0;
        let mut period = state.clone();
        if self.begins[day] {
            let (before, closing) = self.close(state)?;
            price += closing;
            period = Period { behind: vec![0; self.bands.len()], worked: false, inside: false, before };
        }
        let What::Work(code) = option.what else { return Some((period, price)) };
        let band = self.band_of[usize::from(code)];
        let leads = period.behind[band] == 0;
        if leads {
            for (b, gap) in period.behind.iter_mut().enumerate() {
                if b != band {
                    *gap = (*gap + 1).min(self.limit());
                }
            }
        } else if period.behind[band] < self.limit() {
            period.behind[band] -= 1;
        }
        if let Some(rotation) = &self.rotation {
            price += rotation.charge(i64::from(!leads))?;
        }
        if self.settles && !period.inside {
            let (before, settled) = self.name(&period.before, &[band])?;
            (period.before, price) = (before, price + settled);
        }
        (period.worked, period.inside) = (true, true);
        Some((period, price))
    }
    fn finish(&self, period: &Period) -> Option<i64> {
        self.close(period).map(|(_, price)| price)
    }
}
