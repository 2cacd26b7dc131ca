//! A smaller problem: some windows of days free, all others as they stand in a schedule.
//!
//! A stretch of days that are not free becomes one day with one option: each automaton gets a letter that does what
//! the whole stretch does, each sum the amount of the stretch. So a year with four free weeks has 28 days and two
//! stretches, and whatever solves a month solves it, with all limits of the year exact.

use super::{
    Block, Checkpoint, CountResource, DayOption, FORBIDDEN, LineProblem, RosterProblem, SequenceAutomaton,
    What,
};
use std::ops::Range;

/// A day of a windowed problem.
#[derive(Clone, Debug)]
enum Piece {
    /// A day that is free.
    Free(usize),
    /// Days as they stand.
    Fixed(Range<usize>),
}

/// A problem over windows of another one.
#[derive(Clone, Debug)]
pub struct Windowed {
    /// The smaller problem.
    pub problem: RosterProblem,
    /// The cell of the other problem that each of its cells is.
    pub cells: Vec<u32>,
    pieces: Vec<Piece>,
}

/// Whether windows of a problem stand for themselves: nothing but head counts couples people, and nobody has a
/// ledger of hours.
#[must_use]
pub fn can_be_windowed(problem: &RosterProblem) -> bool {
    let no_ledger = |l: &LineProblem| l.overtime.price == 0 && l.overtime.caps.is_empty();
    problem.blocks.iter().all(|b| matches!(b, Block::HeadCount { .. }))
        && problem.fairness.is_empty()
        && problem.duty_rows.is_empty()
        && problem.people.iter().all(no_ledger)
}

impl Windowed {
    /// The problem in which the days of `windows` are free and all others as `choice[person][day]` says. Windows
    /// are disjoint and ascending and cut no weekend; the problem [can be windowed](can_be_windowed).
    #[must_use]
    pub fn new(problem: &RosterProblem, choice: &[&[u16]], windows: &[Range<usize>]) -> Self {
        let pieces = pieces(problem, windows);
        let mut cell_of = vec![u32::MAX; problem.cells];
        let mut cells = Vec::new();
        for d in windows.iter().cloned().flatten() {
            for c in problem.people.iter().flat_map(|l| &l.options[d]).filter_map(|o| o.cell) {
                if cell_of[c as usize] == u32::MAX {
                    cell_of[c as usize] = cells.len() as u32;
                    cells.push(c);
                }
            }
        }
        let block_of = |block: &Block| match *block {
            Block::HeadCount { cell, required, under, over } => {
                let cell = cell_of[cell as usize];
                (cell != u32::MAX).then_some(Block::HeadCount { cell, required, under, over })
            }
            Block::Day(_) => None,
        };
        let people = problem.people.iter().zip(choice).enumerate();
        let part = RosterProblem {
            days: pieces.len(),
            codes: problem.codes,
            people: people.map(|(p, (line, own))| part_of(p, line, own, &pieces, &cell_of)).collect(),
            cells: cells.len(),
            blocks: problem.blocks.iter().filter_map(block_of).collect(),
            ..RosterProblem::default()
        };
        Self { problem: part, cells, pieces }
    }

    /// A person's line in the smaller problem.
    #[must_use]
    pub fn part(&self, whole: &[u16]) -> Vec<u16> {
        let choice = |piece: &Piece| match piece {
            Piece::Free(d) => whole[*d],
            Piece::Fixed(_) => 0,
        };
        self.pieces.iter().map(choice).collect()
    }

    /// Its free days: the day here, and in the whole problem.
    pub fn free(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        self.pieces.iter().enumerate().filter_map(|(i, piece)| match piece {
            Piece::Free(d) => Some((i, *d)),
            Piece::Fixed(_) => None,
        })
    }

    /// A person's line in the whole problem: `part` in the windows, `whole` elsewhere.
    #[must_use]
    pub fn whole(&self, whole: &[u16], part: &[u16]) -> Vec<u16> {
        let mut line = whole.to_vec();
        for (piece, &o) in self.pieces.iter().zip(part) {
            if let Piece::Free(d) = piece {
                line[*d] = o;
            }
        }
        line
    }
}

/// The days of the smaller problem. A stretch ends where a sum is looked at.
fn pieces(problem: &RosterProblem, windows: &[Range<usize>]) -> Vec<Piece> {
    let sums = problem.people.iter().flat_map(|l| &l.resources);
    let mut ends: Vec<usize> = sums.flat_map(|r| &r.checkpoints).map(|c| c.day + 1).collect();
    ends.extend(windows.iter().map(|w| w.start));
    ends.push(problem.days);
    ends.sort_unstable();
    ends.dedup();
    let mut list = Vec::new();
    let mut d = 0;
    while d < problem.days {
        if windows.iter().any(|w| w.contains(&d)) {
            list.push(Piece::Free(d));
            d += 1;
        } else {
            let end = ends.iter().copied().find(|&e| e > d).unwrap_or(problem.days);
            list.push(Piece::Fixed(d..end));
            d = end;
        }
    }
    list
}

fn part_of(p: usize, line: &LineProblem, own: &[u16], pieces: &[Piece], cell_of: &[u32]) -> LineProblem {
    let taken = |d: usize| &line.options[d][usize::from(own[d])];
    let fixed: Vec<&Range<usize>> = pieces
        .iter()
        .filter_map(|piece| match piece {
            Piece::Fixed(range) => Some(range),
            Piece::Free(_) => None,
        })
        .collect();
    let automata: Vec<SequenceAutomaton> = line
        .automata
        .iter()
        .enumerate()
        .map(|(a, automaton)| {
            let words = fixed.iter().map(|range| (*range).clone().map(|d| taken(d).symbols[a]).collect());
            with_words(automaton, &words.collect::<Vec<Vec<u8>>>())
        })
        .collect();
    let mut stretch = 0;
    let mut weekend = Vec::with_capacity(pieces.len());
    let options = pieces
        .iter()
        .map(|piece| match piece {
            Piece::Free(d) => {
                weekend.push(line.weekend[*d]);
                let placed =
                    |o: &DayOption| DayOption { cell: o.cell.map(|c| cell_of[c as usize]), ..o.clone() };
                line.options[*d].iter().map(placed).collect()
            }
            Piece::Fixed(range) => {
                weekend.push(0);
                let symbols = line.automata.iter().map(|a| (a.symbols + stretch) as u8).collect();
                stretch += 1;
                let amount = |r| line.amount(r, own, range.clone());
                let amounts = (0..line.resources.len()).map(amount).collect();
                vec![DayOption {
                    what: What::Off,
                    cost: range.clone().map(|d| taken(d).cost).sum(),
                    cell: None,
                    paid: range.clone().map(|d| taken(d).paid).sum(),
                    fill: 0,
                    direct: 0,
                    marks: 0,
                    symbols,
                    amounts,
                }]
            }
        })
        .collect();
    let place = |day: usize| {
        pieces.iter().position(|piece| match piece {
            Piece::Free(d) => *d == day,
            Piece::Fixed(range) => range.contains(&day),
        })
    };
    let resources = line.resources.iter().map(|r| {
        let moved = |c: &Checkpoint| Checkpoint { day: place(c.day).unwrap_or(0), ..*c };
        CountResource { checkpoints: r.checkpoints.iter().map(moved).collect(), ..r.clone() }
    });
    LineProblem {
        class: p as u32,
        options,
        automata,
        resources: resources.collect(),
        overtime: line.overtime.clone(),
        weekend,
        weekend_begun: line.weekend_begun,
    }
}

/// The automaton with one more letter for each word, which does what the word does.
fn with_words(automaton: &SequenceAutomaton, words: &[Vec<u8>]) -> SequenceAutomaton {
    let states = automaton.finish.len();
    let symbols = automaton.symbols + words.len();
    let mut next = Vec::with_capacity(states * symbols);
    let mut cost = Vec::with_capacity(states * symbols);
    for state in 0..states {
        let own = state * automaton.symbols..(state + 1) * automaton.symbols;
        next.extend_from_slice(&automaton.next[own.clone()]);
        cost.extend_from_slice(&automaton.cost[own]);
        for word in words {
            let (mut at, mut price) = (state as u16, 0);
            for &symbol in word {
                if at != FORBIDDEN {
                    let entry = usize::from(at) * automaton.symbols + usize::from(symbol);
                    price += automaton.cost[entry];
                    at = automaton.next[entry];
                }
            }
            next.push(at);
            cost.push(if at == FORBIDDEN { 0 } else { price });
        }
    }
    SequenceAutomaton { symbols, next, cost, ..automaton.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::random::Random;
    use crate::io::read::parse_instance;
    use crate::problem::{line_cost, nrp24};

    const TEXT: &str = "SECTION_HORIZON\n28\nSECTION_SHIFTS\nE,480,\nL,600,E\nSECTION_STAFF\n\
        A,E=20|L=5,8400,5000,5,2,2,2\nB,E=20|L=20,9600,0,4,1,1,3\n\
        SECTION_SHIFT_ON_REQUESTS\nA,3,E,2\nB,20,L,3\nSECTION_COVER\n3,E,2,100,1\n10,L,1,100,1\n";

    #[test]
    fn a_line_costs_in_the_windows_what_it_costs_in_the_whole() {
        let (instance, found) = parse_instance("windows", TEXT);
        let problem = nrp24::compile(&instance.unwrap_or_else(|| panic!("{found:?}")));
        let mut kept = 0;
        let mut broken = 0;
        for seed in 0..40_000 {
            let mut r = Random::new(seed);
            let line = &problem.people[seed as usize % 2];
            // Runs of work and rest: lines drawn day by day keep hardly any rule.
            let mut own = Vec::new();
            while own.len() < 28 {
                let (work, rest) = (2 + r.below(4), 2 + r.below(2));
                let late = r.below(3) == 0;
                own.extend((0..work).map(|_| if late { 2 } else { 1 }).chain((0..rest).map(|_| 0)));
            }
            own.truncate(28);
            let mut other = own.clone();
            let first = 7 * r.below(2);
            let windows = [first..first + 7, first + 14..first + 14 + 7 * r.below(2)];
            let windows: Vec<Range<usize>> = windows.into_iter().filter(|w| !w.is_empty()).collect();
            for d in windows.iter().cloned().flatten() {
                if r.below(4) == 0 {
                    other[d] = r.below(3) as u16;
                }
            }
            let rota: Vec<&[u16]> = (0..2).map(|_| &own[..]).collect();
            let part = Windowed::new(&problem, &rota, &windows);
            let own_part = &part.problem.people[seed as usize % 2];
            assert_eq!(part.whole(&own, &part.part(&other)), other);
            match (line_cost(0, line, &other), line_cost(0, own_part, &part.part(&other))) {
                (Ok(whole), Ok(part)) => {
                    assert_eq!(whole, part, "seed {seed}");
                    kept += 1;
                }
                (Err(_), Err(_)) => broken += 1,
                (whole, part) => panic!("seed {seed}: {whole:?} against {part:?}"),
            }
        }
        assert!(kept > 100 && broken > 100, "{kept} lines kept the rules, {broken} did not");
    }
}
