//! The same two people two days running, as the checker sees it, on rotas made by chance.

use super::*;
use crate::base::index::ShiftIx;
use crate::intraday::plan;

#[test]
fn no_pair_repeats_that_could_change_with_another() {
    let (case, need) = centre(12, 21);
    let (blocks, cells) = build(&case, &need);
    let (mut handovers, mut brought_forward) = (0, 0);
    for seed in 0..60 {
        let mut random = Random::new(seed);
        let mut line = |_| -> Vec<Option<usize>> {
            // Shifts mostly stay, as they do in a house that rotates: so the same people meet again.
            let mut own = random.below(case.shifts.len());
            let mut day = |_| {
                if random.below(8) == 0 {
                    own = random.below(case.shifts.len());
                }
                (random.below(6) > 0).then_some(own)
            };
            (0..21).map(&mut day).collect()
        };
        let rows: Vec<Vec<Option<usize>>> = (0..12).map(&mut line).collect();
        let rota = rota(&case, &rows.iter().map(Vec::as_slice).collect::<Vec<_>>());
        let plan = plan(&case, &rota, &blocks, &cells);
        let end = |h: &crate::model::Handover| {
            let shift = rota.cells[h.from.ix()][h.day].shift().map(|s: ShiftIx| case.shift(s));
            shift.map(|s| s.times[s.times.len() - 1].end)
        };
        handovers += plan.handovers.len();
        brought_forward += plan.handovers.iter().filter(|h| end(h) != Some(h.time.end)).count();
        let score = crate::check::check(&case, &need, &rota, &plan);
        let again: Vec<&str> =
            score.violations().map(|m| m.why.en.as_str()).filter(|t| t.contains("again, as")).collect();
        assert!(again.is_empty(), "seed {seed}: {again:?}");
    }
    assert!(brought_forward > 100, "{brought_forward} of {handovers} in batches");
}
