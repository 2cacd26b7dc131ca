//! Horizons too large for one master: windows find the rota and prove a bound.

use paiban::base::random::Random;
use paiban::base::stop::StopCriterion;
use paiban::check::check_instance;
use paiban::io::read::parse_instance;
use paiban::model::Instance;
use paiban::problem::{Schedule, nrp24};
use paiban::solve::{Observer, SolveEvent, SolveOptions, SolveOutcome, solve};

/// Work for a year: enough to begin, anneal and open some windows.
const YEAR_WORK: u64 = 150_000_000;

struct Silent;

impl Observer for Silent {
    fn event(&mut self, _: SolveEvent) {}
}

/// Made-up weeks with five types of shift: people with caps, holidays and requests; fewer than `need` of them are
/// wanted for each type and weekday.
fn instance(weeks: usize, people: usize, need: usize) -> Instance {
    let mut r = Random::new(7);
    let days = 7 * weeks;
    let mut text = format!("SECTION_HORIZON\n{days}\nSECTION_SHIFTS\n");
    text += "E,480,\nD,480,E\nM,600,E\nL,480,E|D\nN,600,E|D|M|L\nSECTION_STAFF\n";
    for p in 0..people {
        let nights = if p % 3 == 0 { weeks } else { 0 };
        text += &format!(
            "P{p},E={days}|D={days}|M={}|L={days}|N={nights},{},{},5,2,2,{}\n",
            2 * weeks,
            weeks * 2160,
            weeks * 1800,
            weeks / 2
        );
    }
    text += "SECTION_DAYS_OFF\n";
    for p in 0..people {
        text += &format!("P{p},{}\n", r.below(days));
    }
    text += "SECTION_SHIFT_ON_REQUESTS\n";
    for p in 0..people {
        text += &format!("P{p},{},L,{}\n", r.below(days), 1 + r.below(3));
    }
    text += "SECTION_COVER\n";
    for d in 0..days {
        for k in ["E", "D", "M", "L", "N"] {
            text += &format!("{d},{k},{},100,1\n", usize::from(d % 7 < 5) * r.below(need));
        }
    }
    let (instance, found) = parse_instance("long", &text);
    instance.unwrap_or_else(|| panic!("{found:?}"))
}

fn run(instance: &Instance, threads: usize, work: u64) -> SolveOutcome {
    let stop = StopCriterion::new(None, Some(work), Default::default());
    solve(&nrp24::compile(instance), &SolveOptions { stop, gap: 0.0, seed: 3, threads }, &mut Silent)
}

fn best(outcome: SolveOutcome) -> (Schedule, i64) {
    outcome.best.expect("a rota")
}

#[test]
fn windows_give_the_same_rota_and_bound_on_one_and_two_threads() {
    let instance = instance(12, 8, 3);
    let one = run(&instance, 1, 60_000_000);
    let two = run(&instance, 2, 60_000_000);
    assert_eq!(one.bound, two.bound);
    assert_eq!(best(one), best(two));
}

#[test]
fn more_work_gives_a_better_rota_with_a_bound_below_it() {
    let instance = instance(12, 8, 3);
    let problem = nrp24::compile(&instance);
    let little = best(run(&instance, 2, 1)).1;
    let outcome = run(&instance, 2, 150_000_000);
    let bound = outcome.bound.expect("a bound at the end");
    let (schedule, price) = best(outcome);
    assert!(price < little, "{price} after more work, {little} at once");
    assert!(0 < bound && bound <= price, "bound {bound}, objective {price}");
    let score = check_instance(&instance, &nrp24::decode(&problem, &schedule));
    let violations: Vec<_> = score.violations().collect();
    assert!(violations.is_empty(), "{violations:?}");
    assert_eq!(score.objective(), price);
}

#[test]
fn a_year_keeps_every_rule_and_is_the_same_on_one_and_two_threads() {
    let instance = instance(52, 44, 13);
    let problem = nrp24::compile(&instance);
    let first = best(run(&instance, 2, 1)).1;
    let (schedule, price) = best(run(&instance, 2, YEAR_WORK));
    assert_eq!(best(run(&instance, 1, YEAR_WORK)), (schedule.clone(), price));
    assert!(4 * price < 3 * first, "{price} annealed, {first} at once");
    let score = check_instance(&instance, &nrp24::decode(&problem, &schedule));
    let violations: Vec<_> = score.violations().collect();
    assert!(violations.is_empty(), "{violations:?}");
    assert_eq!(score.objective(), price);
}
