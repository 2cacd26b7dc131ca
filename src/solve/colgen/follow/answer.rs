//! What teams answer: lines for all of their people at once.

use super::BEAM;
use super::state::State;
use super::team::{Offer, Team};
use crate::base::random::Random;
use crate::base::stop::StopCriterion;
use crate::solve::colgen::master::line_prices;
use crate::solve::colgen::model::Column;
use crate::solve::colgen::pricing::{Search, price_line};
use crate::solve::colgen::tolls::Tolls;

/// Largest share of a term's weight by which prices are bent, and how often, to find lines that count more or less.
const BENT: f64 = 0.5;
const BENDS: usize = 6;
/// Lines remembered of each person.
const KNOWN: usize = 24;

/// What a team answers.
pub(super) struct Answer {
    /// Other lines for some of its people.
    pub lines: Vec<Column>,
    /// What these save for fairness.
    pub saved: f64,
    /// Lines found, whether taken or not.
    pub fresh: Vec<Column>,
    /// Labels spent.
    pub labels: u64,
}

impl State<'_, '_> {
    /// Lines for a team that cost least together, those of the others as they are.
    pub(super) fn answer(
        &self,
        team: &Team,
        rota: &[Column],
        known: &[Vec<Column>],
        tolls: &[Tolls],
        seed: u64,
        stop: &StopCriterion,
    ) -> Answer {
        let mut random = Random::new(seed ^ team.people[0] as u64);
        let (mut fresh, mut labels) = (Vec::new(), 0);
        let offers: Vec<Vec<Offer>> = (team.people.iter())
            .map(|&p| {
                let now = &rota[p];
                let mut lines = vec![now.clone()];
                let beyond = |lines: &[Column], line: &Column| lines.iter().all(|l| l.choice != line.choice);
                for line in &known[p] {
                    if beyond(&lines, line) {
                        lines.push(line.clone());
                    }
                }
                let (found, spent) = self.bent(now, &tolls[p], &mut random, stop);
                labels += spent;
                for line in found {
                    if beyond(&lines, &line) {
                        fresh.push(line.clone());
                        lines.push(line);
                    }
                }
                let offer = |line: Column| {
                    let price = self.taking_for(&line, Some(now));
                    team.offer(self.model, line, price)
                };
                lines.into_iter().map(offer).collect()
            })
            .collect();
        let now = vec![0; offers.len()];
        let chosen = team.choose(&offers, &now);
        let saved = team.unfair(&offers, &now) - team.unfair(&offers, &chosen);
        let moved = offers.iter().zip(chosen).filter(|c| c.1 > 0);
        Answer { lines: moved.map(|(own, c)| own[c].column.clone()).collect(), saved, fresh, labels }
    }

    /// Lines of a person at prices that are bent at random towards more and less of what is counted; the labels spent.
    fn bent(
        &self,
        now: &Column,
        toll: &Tolls,
        random: &mut Random,
        stop: &StopCriterion,
    ) -> (Vec<Column>, u64) {
        let (model, p) = (self.model, now.person);
        let mut duals = self.prices(now);
        let (mut lines, mut labels) = (Vec::new(), 0);
        for bend in 0..=BENDS {
            for (&(f, _), toll) in model.fair[p].iter().zip(&self.toll[p]) {
                let weight = model.problem.fairness[f as usize].weight as f64 / model.scale;
                let own = if bend == 0 { 0.0 } else { BENT * (2.0 * random.unit() - 1.0) };
                duals.fair[f as usize] = vec![(p, -(toll + own * weight), 0.0)];
            }
            let prices = line_prices(model, p, &duals, None);
            let how = Search { limit: f64::INFINITY, beam: Some(BEAM), tolls: toll, stop: Some(stop) };
            let found = price_line(&model.machines[p], &prices, how);
            labels += found.labels;
            lines.extend(found.line.and_then(|line| model.column(p, &line.choice)));
        }
        (lines, labels)
    }
}

/// Keeps a line in mind, in place of the oldest one if there are many.
pub(super) fn remember(known: &mut [Vec<Column>], line: Column) {
    let own = &mut known[line.person];
    if own.len() >= KNOWN {
        own.remove(0);
    }
    own.push(line);
}
