//! Whatever moves do, every rule is kept and the price that they add up is the price of the rota.

use super::Tables;
use super::cooling::{anneal, shared};
use super::moves::Mover;
use super::state::State;
use super::steps::{Room, Steps};
use super::tables::LETTERS;
use super::tile::{Slack, Tile};
use crate::base::random::Random;
use crate::base::stop::StopCriterion;
use crate::io::read::parse_instance;
use crate::problem::{RosterProblem, Schedule, nrp24, score};
use crate::solve::modes::Modes;

/// Eight weeks of three types of shift, with limits of every kind that moves run into.
fn problem(seed: u64) -> RosterProblem {
    let mut r = Random::new(seed);
    let days = 56;
    let mut text =
        format!("SECTION_HORIZON\n{days}\nSECTION_SHIFTS\nE,480,\nL,600,E\nN,720,E|L\nSECTION_STAFF\n");
    for p in 0..6 {
        let nights = if p % 2 == 0 { 5 } else { 0 };
        text += &format!("P{p},E=30|L=12|N={nights},17000,0,{},{},2,4\n", 4 + r.below(3), 1 + r.below(3));
    }
    text += "SECTION_DAYS_OFF\n";
    for p in 0..6 {
        text += &format!("P{p},{}\n", r.below(days));
    }
    text += "SECTION_SHIFT_ON_REQUESTS\n";
    for d in (0..days).step_by(2) {
        text += &format!("P{},{d},E,{}\n", r.below(6), 1 + r.below(3));
    }
    text += "SECTION_COVER\n";
    for d in 0..days {
        for k in ["E", "L", "N"] {
            text += &format!("{d},{k},{},100,1\n", r.below(3));
        }
    }
    let (instance, found) = parse_instance("annealed", &text);
    nrp24::compile(&instance.unwrap_or_else(|| panic!("{found:?}")))
}

fn price(problem: &RosterProblem, rota: &[Vec<u16>]) -> i64 {
    let schedule = Schedule { choice: rota.to_vec() };
    score(problem, &schedule).unwrap_or_else(|broken| panic!("{broken:?}")).total()
}

#[test]
fn moves_keep_every_rule_and_know_the_price() {
    for seed in 0..20 {
        let problem = problem(seed);
        let tables = Tables::new(&problem).expect("nothing but head counts couples people");
        let mut random = Random::new(seed);
        let idle: Vec<Vec<u16>> = problem.people.iter().map(|l| vec![0; l.options.len()]).collect();
        let mut state = State::new(&tables, idle);
        let mut worked = 0;
        for (epoch, days) in [(0, 56), (14, 35), (0, 28), (28, 56), (7, 56)].into_iter().enumerate() {
            let before = price(&problem, &state.rota);
            let limits = shared(&tables, &state, 1, &mut random);
            let tolls: Vec<Vec<f32>> = tables.people.iter().map(|own| vec![0.0; own.sums.len()]).collect();
            let slack = state.sums.iter().zip(&limits[0].low).zip(&limits[0].high).zip(&tolls);
            let slack = slack.map(|(((sums, low), high), tolls)| Slack { sums, low, high, tolls });
            let mut tile = Tile::new(&tables, days, &state, slack);
            let mut mover = Mover::new(Random::new(random.bits()));
            for _ in 0..8_000 {
                mover.step(&mut tile, 60.0 / (epoch + 1) as f64);
            }
            let mut rota = state.rota.clone();
            for (p, own) in rota.iter_mut().enumerate() {
                own[days.0..days.1].copy_from_slice(tile.line(p));
            }
            assert_eq!(price(&problem, &rota) - before, tile.gained, "seed {seed}, days {days:?}");
            worked += rota.iter().flatten().filter(|&&o| o != 0).count();
            state = State::new(&tables, rota);
        }
        assert!(worked > 100, "seed {seed}: {worked} shifts in five rotas");
    }
}

#[test]
fn tiles_side_by_side_keep_limits_of_the_whole_horizon() {
    for seed in 0..10 {
        let problem = problem(seed);
        let tables = Tables::new(&problem).expect("nothing but head counts couples people");
        let idle: Vec<Vec<u16>> = problem.people.iter().map(|l| vec![0; l.options.len()]).collect();
        let nobody = price(&problem, &idle);
        let stop = StopCriterion::new(None, Some(5_000_000), Default::default());
        let found = anneal(&tables, idle, &mut Random::new(seed), &stop, 1.0);
        let best = price(&problem, &found.rota);
        assert!(2 * best < nobody, "seed {seed}: {best}, with nobody at work {nobody}");
        assert!(found.worth.iter().all(|w| (-1.0..=100.0).contains(w)), "{:?}", found.worth);
    }
}

#[test]
fn steps_that_modes_share_are_the_cheapest_of_each() {
    for seed in 0..20 {
        let mut r = Random::new(seed);
        for line in &problem(seed).people {
            let modes = Modes::new(line).expect("the rules of three types of shift have few modes");
            let mut prices = [f32::INFINITY; LETTERS];
            prices[..modes.letters].iter_mut().for_each(|p| *p = r.below(100) as f32);
            let mut ahead = [f32::INFINITY; 512];
            ahead[..modes.count].iter_mut().for_each(|p| *p = r.below(100) as f32);
            let before: Vec<f32> = (0..modes.count).map(|_| r.below(150) as f32).collect();
            let mut now = before.clone();
            Steps::new(&modes).relax(&prices, &ahead, &mut now, &mut Room::default());
            for (m, &least) in now.iter().enumerate() {
                let step = |l: usize| match modes.next[m * modes.letters + l] {
                    u32::MAX => f32::INFINITY,
                    to => prices[l] + ahead[to as usize] + modes.cost[m * modes.letters + l] as f32,
                };
                let expected = (0..modes.letters).map(step).fold(before[m], f32::min);
                assert!(least == expected, "seed {seed}, mode {m}: {least} instead of {expected}");
            }
        }
    }
}
