//! People whom their own facts leave without a day of work.

use super::feasible::has_line;
use crate::problem::{FORBIDDEN, LineProblem, SequenceAutomaton, What};

/// Whether one rule of a line alone keeps it from ever working, on a line that has days to plan. A quick look: rules
/// that do so only together are not found.
pub(super) fn never_works(line: &LineProblem) -> bool {
    let free = line.options.iter().any(|list| list.iter().any(|o| o.what == What::Off));
    let works = |list: &Vec<crate::problem::DayOption>| list.iter().any(|o| matches!(o.what, What::Work(_)));
    free && (!line.options.iter().any(works) || (0..line.automata.len()).any(|a| bars_work(line, a)))
}

/// Whether no sequence of options that an automaton accepts has a day of work.
fn bars_work(line: &LineProblem, a: usize) -> bool {
    let automaton = &line.automata[a];
    let states = automaton.finish.len();
    // Per state: reached without work, reached with work.
    let mut reached = vec![(false, false); states];
    reached[usize::from(automaton.start)].0 = true;
    for options in &line.options {
        let mut next = vec![(false, false); states];
        for (s, &(idle, worked)) in reached.iter().enumerate().filter(|(_, r)| r.0 || r.1) {
            for option in options {
                let to = automaton.next[s * automaton.symbols + usize::from(option.symbols[a])];
                if to == FORBIDDEN {
                    continue;
                }
                let works = matches!(option.what, What::Work(_));
                let to = &mut next[usize::from(to)];
                to.0 |= idle && !works;
                to.1 |= worked || works;
            }
        }
        reached = next;
    }
    !reached.iter().zip(&automaton.finish).any(|(r, finish)| r.1 && finish.is_some())
}

/// Whether a line with at least one day of work keeps all hard rules; `None` when there are too many states to say.
pub(super) fn can_work(mut line: LineProblem) -> Option<bool> {
    for option in line.options.iter_mut().flatten() {
        option.symbols.push(u8::from(matches!(option.what, What::Work(_))));
    }
    line.automata.push(SequenceAutomaton {
        symbols: 2,
        start: 0,
        next: vec![0, 1, 1, 1],
        cost: vec![0; 4],
        finish: vec![None, Some(0)],
        smaller_is_better: false,
        rules: Vec::new(),
    });
    has_line(&line)
}
