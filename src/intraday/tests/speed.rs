//! How long an evaluation takes. Run by hand: `cargo test --release --lib speed -- --ignored --nocapture`.

use super::*;
use crate::intraday::{Carry, Evaluator};

#[test]
#[ignore = "a measurement"]
fn evaluations_per_second() {
    for people in [12, 36, 120, 400] {
        let (case, need) = centre(people, 1);
        let (days, cells) = days(&case, &need);
        let mut random = Random::new(5);
        let counts: Vec<Vec<i64>> =
            (0..50).map(|_| usual_counts(&case, &cells, &days, &mut random)).collect();
        let evaluator = Evaluator::new(&days[0]);
        let start = std::time::Instant::now();
        let sum: i64 = counts.iter().map(|n| evaluator.cost(n, &Carry::default()).0).sum();
        let each = start.elapsed().as_secs_f64() / 50.0 * 1e3;
        println!("{people:4} people: {each:.3} ms, mean cost {}", sum / 50);
    }
}
