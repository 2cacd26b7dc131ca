//! All automata of a person as one: product states, equal ones merged, and the letters that move them.

use crate::problem::{FORBIDDEN, LineProblem};
use rustc_hash::FxHashMap;

/// Product states beyond which no product is built.
const MOST: usize = 3000;

/// The product of a person's automata. A letter is what an option means to all of them.
pub(in crate::solve) struct Modes {
    /// Number of modes.
    pub count: usize,
    /// Mode before day 0.
    pub start: usize,
    /// Letter of each option, by day.
    pub letter: Vec<Vec<u16>>,
    /// Number of letters.
    pub letters: usize,
    /// `next[mode * letters + letter]`: the mode after, `u32::MAX` when a hard rule is broken; prices likewise.
    pub next: Vec<u32>,
    pub cost: Vec<i64>,
    /// Price of ending in each mode.
    pub finish: Vec<Option<i64>>,
}

impl Modes {
    /// `None` when there are too many product states.
    pub(in crate::solve) fn new(line: &LineProblem) -> Option<Self> {
        let mut known: FxHashMap<&[u8], u16> = FxHashMap::default();
        let mut words: Vec<&[u8]> = Vec::new();
        let letter = line
            .options
            .iter()
            .map(|list| {
                list.iter()
                    .map(|o| {
                        *known.entry(&o.symbols[..]).or_insert_with(|| {
                            words.push(&o.symbols);
                            (words.len() - 1) as u16
                        })
                    })
                    .collect()
            })
            .collect();
        let letters = words.len();
        let start: Vec<u16> = line.automata.iter().map(|a| a.start).collect();
        let mut index: FxHashMap<Vec<u16>, u32> = FxHashMap::default();
        index.insert(start.clone(), 0);
        let mut states = vec![start];
        let (mut next, mut cost) = (Vec::new(), Vec::new());
        let mut at = 0;
        while at < states.len() {
            for word in &words {
                let mut to = Vec::with_capacity(states[at].len());
                let mut price = 0;
                for ((automaton, &s), &symbol) in line.automata.iter().zip(&states[at]).zip(word.iter()) {
                    let entry = usize::from(s) * automaton.symbols + usize::from(symbol);
                    to.push(automaton.next[entry]);
                    price += automaton.cost[entry];
                }
                if to.contains(&FORBIDDEN) {
                    next.push(u32::MAX);
                    cost.push(0);
                    continue;
                }
                let fresh = states.len() as u32;
                let number = *index.entry(to.clone()).or_insert(fresh);
                if number == fresh {
                    states.push(to);
                    if states.len() > MOST {
                        return None;
                    }
                }
                next.push(number);
                cost.push(price);
            }
            at += 1;
        }
        let finish = states
            .iter()
            .map(|s| line.automata.iter().zip(s).map(|(a, &s)| a.finish[usize::from(s)]).sum::<Option<i64>>())
            .collect();
        Some(Self { count: states.len(), start: 0, letter, letters, next, cost, finish }.merged())
    }

    /// Modes with equal futures become one (Moore 1956).
    fn merged(self) -> Self {
        let letters = self.letters;
        let mut class: Vec<u32> = vec![0; self.count];
        let mut number = 0;
        loop {
            let mut known: FxHashMap<(Option<i64>, u32, Vec<(u32, i64)>), u32> = FxHashMap::default();
            let refined: Vec<u32> = (0..self.count)
                .map(|s| {
                    let row = (s * letters..(s + 1) * letters)
                        .map(|e| match self.next[e] {
                            u32::MAX => (u32::MAX, 0),
                            n => (class[n as usize], self.cost[e]),
                        })
                        .collect();
                    let fresh = known.len() as u32;
                    *known.entry((self.finish[s], class[s], row)).or_insert(fresh)
                })
                .collect();
            class = refined;
            if known.len() == number {
                break;
            }
            number = known.len();
        }
        let mut next = vec![u32::MAX; number * letters];
        let mut cost = vec![0; number * letters];
        let mut finish = vec![None; number];
        for s in 0..self.count {
            let c = class[s] as usize;
            finish[c] = self.finish[s];
            for l in 0..letters {
                if self.next[s * letters + l] != u32::MAX {
                    next[c * letters + l] = class[self.next[s * letters + l] as usize];
                    cost[c * letters + l] = self.cost[s * letters + l];
                }
            }
        }
        Self { count: number, start: class[self.start] as usize, next, cost, finish, ..self }.spelled()
    }

    /// Letters that do the same to every mode become one.
    fn spelled(mut self) -> Self {
        let mut known: FxHashMap<Vec<(u32, i64)>, u16> = FxHashMap::default();
        let mut kept = Vec::new();
        let renamed: Vec<u16> = (0..self.letters)
            .map(|l| {
                let effect = (0..self.count).map(|s| s * self.letters + l);
                *known.entry(effect.map(|e| (self.next[e], self.cost[e])).collect()).or_insert_with(|| {
                    kept.push(l);
                    (kept.len() - 1) as u16
                })
            })
            .collect();
        let taken = |list: &[u32]| -> Vec<u32> {
            (0..self.count).flat_map(|s| kept.iter().map(move |l| list[s * self.letters + l])).collect()
        };
        let next = taken(&self.next);
        let cost = (0..self.count).flat_map(|s| kept.iter().map(move |l| (s, *l)));
        let cost = cost.map(|(s, l)| self.cost[s * self.letters + l]).collect();
        self.letter.iter_mut().flatten().for_each(|l| *l = renamed[usize::from(*l)]);
        Self { letters: kept.len(), next, cost, ..self }
    }
}
