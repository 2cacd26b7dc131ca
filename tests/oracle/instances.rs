//! Public instances, small and random: the compiled problem says of every rota what the checker says, and the engine
//! finds what trying everything finds.

use paiban::base::index::{PersonIx, ShiftIx};
use paiban::base::random::Random;
use paiban::base::stop::StopCriterion;
use paiban::check::check_instance;
use paiban::facade::{InstanceError, solve_instance};
use paiban::model::{
    InputFile, Instance, InstanceCover, InstancePerson, InstanceRequest, InstanceRota, InstanceShift,
};
use paiban::problem::{RosterProblem, Schedule, What, nrp24, score};
use paiban::solve::{Observer, SolveEvent, SolveOptions};

struct Quiet;

impl Observer for Quiet {
    fn event(&mut self, _: SolveEvent) {}
}

/// An instance in which every kind of limit binds now and then.
fn random_instance(r: &mut Random, people: usize, days: usize, types: usize) -> Instance {
    let shifts: Vec<InstanceShift> = (0..types)
        .map(|k| InstanceShift {
            id: format!("s{k}"),
            minutes: [480, 600, 360][r.below(3)],
            not_before: (0..types).filter(|_| r.below(4) == 0).map(ShiftIx::new).collect(),
        })
        .collect();
    let person = |p: usize, r: &mut Random| {
        let min_minutes = 240 * r.below(days) as u32;
        InstancePerson {
            id: format!("p{p}"),
            max_shifts: (0..types).map(|_| [days as u32, 0, 1, 2, 3][r.below(5)]).collect(),
            max_minutes: min_minutes + 480 * r.below(days) as u32,
            min_minutes,
            max_consecutive: r.below(days + 2),
            min_consecutive: r.below(4),
            min_days_off: r.below(4),
            max_weekends: r.below(3) as u32,
            days_off: (0..days).filter(|_| r.below(6) == 0).collect(),
        }
    };
    let people: Vec<InstancePerson> = (0..people).map(|p| person(p, r)).collect();
    let requests = (0..r.below(8)).map(|_| InstanceRequest {
        person: PersonIx::new(r.below(people.len())),
        day: r.below(days),
        shift: ShiftIx::new(r.below(types)),
        wanted: r.below(2) == 0,
        weight: r.below(9) as u32,
    });
    let requests = requests.collect();
    let mut cover = Vec::new();
    for day in 0..days {
        for k in 0..types {
            if r.below(5) > 0 {
                let (under, over) = ([100, 7, 0][r.below(3)], [1, 0, 5][r.below(3)]);
                let required = r.below(people.len() + 1) as u32;
                cover.push(InstanceCover { day, shift: ShiftIx::new(k), required, under, over });
            }
        }
    }
    let source = InputFile { name: "random.txt".to_owned(), sha256: String::new() };
    Instance { source, days, shifts, people, requests, cover }
}

/// The schedule of a rota, where every cell is an option of its day.
fn encode(problem: &RosterProblem, rota: &InstanceRota) -> Option<Schedule> {
    let option = |p: usize, d: usize, cell: Option<ShiftIx>| {
        let what = cell.map_or(What::Off, |k| What::Work(k.0 as u16));
        problem.people[p].options[d].iter().position(|o| o.what == what).map(|o| o as u16)
    };
    let row = |(p, cells): (usize, &Vec<Option<ShiftIx>>)| {
        cells.iter().enumerate().map(|(d, &cell)| option(p, d, cell)).collect::<Option<Vec<u16>>>()
    };
    Some(Schedule { choice: rota.cells.iter().enumerate().map(row).collect::<Option<_>>()? })
}

/// What the compiled problem says: the price, or `None` where a hard rule is broken.
fn priced(problem: &RosterProblem, rota: &InstanceRota) -> Option<i64> {
    let schedule = encode(problem, rota)?;
    assert_eq!(nrp24::decode(problem, &schedule), *rota);
    score(problem, &schedule).ok().map(|s| s.total())
}

/// What the checker says.
fn checked(instance: &Instance, rota: &InstanceRota) -> Option<i64> {
    let score = check_instance(instance, rota);
    score.violations().next().is_none().then(|| score.objective())
}

#[test]
fn problem_and_checker_agree_on_random_rotas() {
    let (mut sound, mut broken) = (0, 0);
    for seed in 0..300 {
        let r = &mut Random::new(seed);
        let (people, days, types) = (1 + r.below(3), 5 + r.below(12), 1 + r.below(3));
        let instance = random_instance(r, people, days, types);
        let problem = nrp24::compile(&instance);
        for _ in 0..40 {
            let share = [2, 3, 8][r.below(3)];
            let mut works = r.below(2) == 0;
            let mut cell = |_| {
                works ^= r.below(share) == 0;
                works.then(|| ShiftIx::new(r.below(types)))
            };
            let cells = (0..people).map(|_| (0..days).map(&mut cell).collect()).collect();
            let rota = InstanceRota { cells };
            let found = checked(&instance, &rota);
            assert_eq!(priced(&problem, &rota), found, "seed {seed}: {instance:?}\n{rota:?}");
            *(if found.is_some() { &mut sound } else { &mut broken }) += 1;
        }
    }
    assert!(sound > 100 && broken > 1000, "{sound} {broken}");
}

/// The least price of all rotas, by trying each.
fn best(instance: &Instance) -> Option<i64> {
    let (people, days, types) = (instance.people.len(), instance.days, instance.shifts.len());
    let lines = (types + 1).pow(days as u32);
    let line = |mut n: usize| -> Vec<Option<ShiftIx>> {
        let digit = |_| {
            let k = n % (types + 1);
            n /= types + 1;
            k.checked_sub(1).map(ShiftIx::new)
        };
        (0..days).map(digit).collect()
    };
    // Lines that break nothing, person by person: the others of the rota stay away, which no rule about one forbids.
    let alone = |p: usize, n: usize| {
        let one =
            Instance { people: vec![instance.people[p].clone()], requests: Vec::new(), ..instance.clone() };
        checked(&one, &InstanceRota { cells: vec![line(n)] }).is_some()
    };
    let allowed: Vec<Vec<usize>> =
        (0..people).map(|p| (0..lines).filter(|&n| alone(p, n)).collect()).collect();
    let all = allowed.iter().map(Vec::len).product::<usize>();
    (0..all)
        .filter_map(|mut n| {
            let pick = |list: &Vec<usize>| {
                let i = n % list.len();
                n /= list.len();
                line(list[i])
            };
            checked(instance, &InstanceRota { cells: allowed.iter().map(pick).collect() })
        })
        .min()
}

#[test]
fn the_engine_finds_what_trying_everything_finds() {
    let (mut solved, mut infeasible) = (0, 0);
    for seed in 0..60 {
        let r = &mut Random::new(1000 + seed);
        let (people, days, types) = [(2, 6, 1), (1, 7, 2), (2, 4, 2), (1, 9, 1)][r.below(4)];
        let instance = random_instance(r, people, days, types);
        let stop = StopCriterion::new(None, Some(3_000_000), Default::default());
        let options = SolveOptions { stop, gap: 0.0, seed: 1, threads: 1 };
        match (best(&instance), solve_instance(&instance, &options, &mut Quiet)) {
            (Some(truth), Ok(found)) => {
                assert_eq!(found.summary.objective, truth, "seed {seed}: {instance:?}");
                assert!(found.summary.bound.is_none_or(|b| b <= truth), "seed {seed}");
                solved += 1;
            }
            (None, Err(InstanceError::Infeasible(people))) => {
                assert!(!people.is_empty(), "seed {seed}");
                infeasible += 1;
            }
            (truth, found) => panic!("seed {seed}: {truth:?} {:?}\n{instance:?}", found.map(|f| f.summary)),
        }
    }
    assert!(solved > 10 && infeasible > 10, "{solved} {infeasible}");
}
