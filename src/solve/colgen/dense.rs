//! The cheapest completion of a line over dense state arrays: a backward dynamic program over
//! [day][mode][weekend begun][outer levels][inner level].
//!
//! Modes are all automata as one ([`super::modes`]); levels are the running sums that fit into the budget and the
//! fill of the overtime week. When everything fits, the tables are the exact pricing; what does not fit is left
//! out, which can only lower them, and the label search works out the rest. The innermost loops run over
//! contiguous arrays with a constant shift ([`super::tables`]).

use super::fill::Fill;
use super::modes::Modes;
use super::reach::{Bands, Followed, bands};
use crate::problem::LineProblem;
use std::sync::Arc;

/// Entries that the tables of one pricing may have: at the first try, at the last one, and for the sums held from
/// both sides alone.
pub(super) const BUDGETS: [usize; 3] = [20_000, 2_000_000, 12_000_000];
/// Array operations that cost as much as extending a label.
const OPERATIONS_A_LABEL: u64 = 256;
/// Level dimensions at most.
pub(super) const DIMENSIONS: usize = 6;

/// A running sum as levels, of which those in the band of a day are held.
#[derive(Clone)]
pub(super) struct Dimension {
    pub resource: usize,
    pub unit: i32,
    pub levels: usize,
    /// The last level stands for all above it (lower limits only); otherwise it may not be passed.
    pub saturates: bool,
    pub weekend: bool,
    /// Smallest level allowed at the end.
    pub least: usize,
    /// By day, end included.
    pub bands: Arc<Bands>,
}

/// A limit at the end that the tables leave out.
pub(super) struct Left {
    pub resource: usize,
    pub unit: i32,
    /// Limits in units.
    pub most: Option<i32>,
    pub least: i32,
    pub weekend: bool,
}

/// One distinct thing to do on a day.
pub(super) struct Move {
    pub letter: u16,
    pub worked: bool,
    pub shifts: [u16; DIMENSIONS],
    pub fill: u16,
    pub options: Vec<u16>,
}

/// What does not depend on prices.
pub(super) struct Dense {
    pub modes: Arc<Modes>,
    pub dims: Vec<Dimension>,
    pub omitted: Vec<Left>,
    pub fill: Option<Fill>,
    pub moves: Vec<Vec<Move>>,
    /// Whether weekends are told apart.
    pub weekends: bool,
    /// By day, end included: entries of a mode (the product of all widths), and the stride of each dimension.
    pub sizes: Vec<usize>,
    pub strides: Vec<[usize; DIMENSIONS]>,
}

/// Where a partial line stands in the tables.
#[derive(Clone, Copy, Default)]
pub(super) struct Spot {
    pub mode: u32,
    pub begun: bool,
    pub levels: [u16; DIMENSIONS],
    pub fill: u16,
}

/// Greatest common divisor.
pub(super) fn gcd(a: i32, b: i32) -> i32 {
    if b == 0 { a.abs() } else { gcd(b, a % b) }
}

impl Dense {
    /// The tables of a line, each with more dimensions than the one before; none when the automata have too many
    /// product states.
    pub(super) fn all(line: &LineProblem, weekends: bool, budgets: [usize; 3]) -> Vec<Self> {
        let mut all: Vec<Self> = Vec::new();
        let Some(modes) = Modes::new(line).map(Arc::new) else { return all };
        let candidates = dimensions(line, &modes, budgets);
        for budget in [budgets[0], budgets[1]] {
            let next = Self::new(line, weekends, &modes, &candidates, (budget, budgets[2]));
            if all.last().is_none_or(|last| last.dims.len() < next.dims.len()) {
                all.push(next);
            }
        }
        all
    }

    /// Tables with as many of the candidates as `budget` entries hold; those held from both sides may fill `largest`.
    pub(super) fn new(
        line: &LineProblem,
        weekends: bool,
        modes: &Arc<Modes>,
        candidates: &[Dimension],
        (budget, largest): (usize, usize),
    ) -> Self {
        let modes = Arc::clone(modes);
        let days = line.options.len();
        let fill = Fill::new(line);
        let mut sizes = vec![fill.as_ref().map_or(1, |f| f.levels); days + 1];
        let mut dims: Vec<Dimension> = Vec::new();
        let mut omitted = Vec::new();
        for dim in candidates {
            let larger: Vec<usize> = sizes.iter().zip(&*dim.bands).map(|(s, b)| s * (b.1 - b.0)).collect();
            let entries = larger.iter().fold(0usize, |sum, s| sum.saturating_add(s * modes.count));
            // A sum held from both sides is the backbone of a line: tolls alone swing between too much and too little.
            let budget = if dim.least > 0 && !dim.saturates { largest } else { budget };
            if dims.len() < DIMENSIONS && entries <= budget {
                sizes = larger;
                dims.push(dim.clone());
            } else if !(dim.weekend && line.weekend_begun) {
                // (A weekend that the history has counted is another weekend to the rule than to its price.)
                omitted.push(Left {
                    resource: dim.resource,
                    unit: dim.unit,
                    most: (!dim.saturates).then(|| dim.levels as i32 - 1),
                    least: dim.least as i32,
                    weekend: dim.weekend,
                });
            }
        }
        // The longest dimension runs innermost, unless the fill does.
        dims.sort_by_key(|d| d.bands.iter().map(|b| b.1 - b.0).sum::<usize>());
        let strides = (0..=days)
            .map(|d| {
                let mut strides = [0; DIMENSIONS];
                let mut size = fill.as_ref().map_or(1, |f| f.levels);
                for (k, dim) in dims.iter().enumerate().rev() {
                    strides[k] = size;
                    size *= dim.bands[d].1 - dim.bands[d].0;
                }
                strides
            })
            .collect();
        let mut dense = Self { modes, dims, omitted, fill, moves: Vec::new(), weekends, sizes, strides };
        dense.moves = (0..days).map(|d| dense.moves_of(line, d)).collect();
        dense
    }

    /// Labels that cost as much as filling the tables once.
    pub(super) fn labels(&self) -> u64 {
        let operations: usize = self.moves.iter().zip(&self.sizes).map(|(m, s)| m.len() * s).sum();
        (self.modes.count * operations) as u64 / OPERATIONS_A_LABEL
    }

    fn moves_of(&self, line: &LineProblem, d: usize) -> Vec<Move> {
        let mut moves: Vec<Move> = Vec::new();
        for (o, option) in line.options[d].iter().enumerate() {
            let mut shifts = [0; DIMENSIONS];
            for (shift, dim) in shifts.iter_mut().zip(&self.dims) {
                *shift = (option.amounts[dim.resource] / dim.unit) as u16;
            }
            let fill = self.fill.as_ref().map_or(0, |f| (option.fill / f.unit) as u16);
            let letter = self.modes.letter[d][o];
            let worked = works(option);
            match moves
                .iter_mut()
                .find(|m| m.letter == letter && m.worked == worked && m.shifts == shifts && m.fill == fill)
            {
                Some(m) => m.options.push(o as u16),
                None => moves.push(Move { letter, worked, shifts, fill, options: vec![o as u16] }),
            }
        }
        moves
    }

    /// The spot before day 0.
    pub(super) fn start(&self, line: &LineProblem) -> Spot {
        let fill = self.fill.as_ref().map_or(0, |f| f.start(line) as u16);
        Spot {
            mode: self.modes.start as u32,
            begun: line.weekend_begun && self.weekends,
            levels: [0; DIMENSIONS],
            fill,
        }
    }

    /// The spot after option `o` on day `d`; `None` when a limit is passed.
    pub(super) fn step(&self, line: &LineProblem, d: usize, o: usize, from: Spot) -> Option<Spot> {
        let letter = usize::from(self.modes.letter[d][o]);
        let mode = self.modes.next[from.mode as usize * self.modes.letters + letter];
        if mode == u32::MAX {
            return None;
        }
        let option = &line.options[d][o];
        let worked = works(option);
        let mut to = Spot { mode, begun: self.weekends && line.weekend[d] == 1 && worked, ..from };
        let dropped = line.weekend[d] == 2 && from.begun && d > 0;
        for (level, dim) in to.levels.iter_mut().zip(&self.dims) {
            if !(dim.weekend && dropped) {
                *level += (option.amounts[dim.resource] / dim.unit) as u16;
            }
            if usize::from(*level) >= dim.levels {
                if !dim.saturates {
                    return None;
                }
                *level = (dim.levels - 1) as u16;
            }
        }
        if let Some(f) = &self.fill {
            to.fill = f.step(line, d, usize::from(from.fill), (option.fill / f.unit) as usize).0 as u16;
        }
        Some(to)
    }

    /// Whether the tables before a day tell a begun weekend apart (2) or not (1).
    pub(super) fn flags(&self, line: &LineProblem, d: usize) -> usize {
        if self.weekends && d < line.weekend.len() && line.weekend[d] == 2 { 2 } else { 1 }
    }
}

/// Whether an option is work.
pub(super) fn works(option: &crate::problem::DayOption) -> bool {
    option.cell.is_some() || matches!(option.what, crate::problem::What::Work(_))
}

/// The sums that can be levels, those over the same amounts as one: two-sided limits first, then those with few
/// levels. Bands are worked out as long as there is room.
pub(super) fn dimensions(line: &LineProblem, modes: &Modes, budgets: [usize; 3]) -> Vec<Dimension> {
    let days = line.options.len();
    let mut sizes = vec![modes.count; days + 1];
    let mut list = Vec::new();
    for f in followed(line) {
        let entries: usize = sizes.iter().sum();
        let room = if f.least > 0 && !f.saturates { budgets[2] } else { budgets[1] };
        let crowded = list.len() >= DIMENSIONS || 2 * entries > room;
        let found = if crowded { Some(vec![(0, f.levels); days + 1]) } else { bands(line, modes, &f) };
        let Some(found) = found else { continue };
        let larger: Vec<usize> = sizes.iter().zip(&found).map(|(s, b)| s * (b.1 - b.0)).collect();
        if larger.iter().sum::<usize>() <= room {
            sizes = larger;
        }
        let Followed { resource, unit, levels, saturates, least, weekend } = f;
        list.push(Dimension { resource, unit, levels, saturates, weekend, least, bands: Arc::new(found) });
    }
    list
}

/// The sums with limits at the end alone.
pub(super) fn followed(line: &LineProblem) -> Vec<Followed> {
    let last = line.options.len().saturating_sub(1);
    let mut found: Vec<Followed> = Vec::new();
    let same = |a: usize, b: usize| {
        line.resources[a].weekend == line.resources[b].weekend
            && line.resources[a].start == line.resources[b].start
            && line.options.iter().flatten().all(|o| o.amounts[a] == o.amounts[b])
    };
    // Upper limits first: a lower limit on the same sum joins its levels.
    let mut order: Vec<usize> = (0..line.resources.len()).collect();
    order.sort_by_key(|&r| line.resources[r].checkpoints.iter().all(|c| c.high.is_none()));
    for r in order {
        let resource = &line.resources[r];
        let single = resource.checkpoints.len() == 1 && resource.checkpoints[0].day == last;
        if resource.checkpoints.is_empty() {
            continue;
        }
        let point = &resource.checkpoints[0];
        if !single || point.soft_low.is_some() || point.soft_high.is_some() {
            continue;
        }
        let unit = line.options.iter().flatten().map(|o| o.amounts[r]).fold(0, gcd).max(1);
        let low = point.low.map(|l| ((l - resource.start).max(0) as usize).div_ceil(unit as usize));
        if let Some(d) = found.iter_mut().find(|d| same(d.resource, r))
            && point.high.is_none()
            && !d.saturates
        {
            d.least = d.least.max(low.unwrap_or(0));
            continue;
        }
        let (levels, saturates) = match point.high {
            Some(high) if high >= resource.start => (((high - resource.start) / unit) as usize + 1, false),
            Some(_) => continue,
            None => (low.unwrap_or(0) + 1, true),
        };
        let least = low.unwrap_or(0);
        found.push(Followed { resource: r, unit, levels, saturates, least, weekend: resource.weekend });
    }
    found.sort_by_key(|c| (c.least == 0 || c.saturates, c.levels));
    found
}
