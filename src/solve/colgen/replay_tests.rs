//! The master's simplex against HiGHS: every call of solves of public instances and months, made again there.

use super::record::{Sequence, recorded};
use super::solve;
use super::team_tests::month;
use crate::base::Lang;
use crate::base::stop::StopCriterion;
use crate::io::read::read_instance;
use crate::lp::Reference;
use crate::problem::{RosterProblem, nrp24};
use crate::solve::outcome::{Observer, SolveEvent, SolveOptions};
use crate::templates;
use crate::templates::generate::{Size, files};
use std::path::Path;
use std::time::Duration;

/// Instances with their work limits: roots, dives and neighbourhoods of small and large teams, short and long.
const INSTANCES: [(&str, u64); 8] = [
    ("Instance5", 40_000_000),
    ("Instance7", 40_000_000),
    ("Instance8", 40_000_000),
    ("Instance10", 130_000_000),
    ("Instance11", 65_000_000),
    ("Instance14", 130_000_000),
    ("Instance16", 35_000_000),
    ("Instance17", 200_000_000),
];
const MONTH: u64 = 5_000_000;
const PEOPLE: usize = 80;
/// Relative difference of objectives that is allowed.
const SAME: f64 = 1e-7;

struct Silent;

impl Observer for Silent {
    fn event(&mut self, _: SolveEvent) {}
}

/// Both sides of some calls.
#[derive(Default)]
struct Tally {
    masters: usize,
    calls: usize,
    pivots: (u64, i64),
    time: (Duration, Duration),
    keys: Duration,
    largest: f64,
    /// Calls for which HiGHS' default tolerances were not enough.
    tightened: usize,
    wrong: Vec<String>,
}

impl Tally {
    fn add(&mut self, other: Self) {
        self.masters += other.masters;
        self.calls += other.calls;
        self.pivots.0 += other.pivots.0;
        self.pivots.1 += other.pivots.1;
        self.time.0 += other.time.0;
        self.time.1 += other.time.1;
        self.keys += other.keys;
        self.largest = self.largest.max(other.largest);
        self.tightened += other.tightened;
        self.wrong.extend(other.wrong);
    }
    fn ratio(&self) -> f64 {
        self.time.0.as_secs_f64() / self.time.1.as_secs_f64().max(1e-9)
    }
    fn say(&self, name: &str) {
        println!(
            "{name:<12} {:5} masters {:6} calls, pivots {:8} and {:8}, seconds {:7.3} and {:7.3}: ratio {:.3} \
             ({:.3} s for keys), largest difference {:.1e}, {} tightened, {} wrong",
            self.masters,
            self.calls,
            self.pivots.0,
            self.pivots.1,
            self.time.0.as_secs_f64(),
            self.time.1.as_secs_f64(),
            self.ratio(),
            self.keys.as_secs_f64(),
            self.largest,
            self.tightened,
            self.wrong.len()
        );
    }
}

/// Makes the calls of a master in HiGHS.
fn replay(sequence: &Sequence) -> Tally {
    let mut highs = Reference::new();
    let mut tally = Tally { masters: 1, ..Tally::default() };
    for (i, call) in sequence.iter().enumerate() {
        for row in &call.rows {
            highs.add_row(&row.entries, row.side, row.slopes);
        }
        for column in &call.columns {
            highs.add_column(&column.entries, column.cost, column.free);
        }
        for &(column, cost) in &call.costs {
            highs.set_cost(column as usize, cost);
        }
        for &(row, slopes) in &call.slopes {
            highs.set_slopes(row as usize, slopes);
        }
        let mut solved = highs.solve();
        tally.calls += 1;
        tally.pivots.0 += call.pivots;
        tally.pivots.1 += solved.pivots;
        tally.time.0 += call.time;
        tally.time.1 += solved.time;
        tally.keys += call.keys;
        let off = |objective: f64| (call.objective - objective).abs() / objective.abs().max(1.0);
        if !solved.optimal || off(solved.objective) > SAME {
            tally.tightened += 1;
            highs.set_tolerance(1e-9);
            solved = highs.solve();
            highs.set_tolerance(1e-7);
        }
        tally.largest = tally.largest.max(off(solved.objective));
        if !call.optimal || !solved.optimal || off(solved.objective) > SAME {
            tally.wrong.push(format!(
                "call {i}: {} ({}) instead of {} ({})",
                call.objective, call.optimal, solved.objective, solved.optimal
            ));
        }
    }
    tally
}

/// Solves a problem with a work limit, makes all calls of its masters again, and says how both did.
fn compare(name: &str, problem: &RosterProblem, work: u64, total: &mut Tally) {
    let sequences = recorded(problem, || {
        let stop = StopCriterion::new(None, Some(work), Default::default());
        solve(problem, &SolveOptions { stop, gap: 0.0, seed: 1, threads: 1 }, &mut Silent);
    });
    let mut tally = Tally::default();
    sequences.iter().for_each(|s| tally.add(replay(s)));
    tally.say(name);
    tally.wrong.iter_mut().for_each(|w| *w = format!("{name}, {w}"));
    total.add(tally);
}

#[test]
#[ignore = "takes minutes; the gate runs it with HiGHS"]
fn every_call_of_the_master_agrees_with_highs() {
    let mut total = Tally::default();
    match std::env::var("PAIBAN_NRP24") {
        Ok(folder) => {
            for (name, work) in INSTANCES {
                let (instance, found) = read_instance(&Path::new(&folder).join(format!("{name}.txt")));
                assert!(found.is_empty(), "{name}: {found:?}");
                let problem = nrp24::compile(&instance.expect("the instance is there"));
                compare(name, &problem, work, &mut total);
            }
        }
        Err(_) => println!("the public instances are left out: PAIBAN_NRP24 names no folder"),
    }
    let template = templates::files("three-shift", Lang::En).expect("a template");
    compare("three-shift", &month(&template), MONTH, &mut total);
    let size = Size { people: PEOPLE, seed: 1, understaffed: false };
    compare("generated", &month(&files(&size)), MONTH, &mut total);
    total.say("together");
    assert!(total.wrong.is_empty(), "{}", total.wrong.join("\n"));
    assert!(total.ratio() <= 1.0, "slower than HiGHS: {:.3}", total.ratio());
}
