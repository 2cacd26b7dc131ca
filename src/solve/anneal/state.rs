//! A whole rota between epochs: everybody's options, modes and sums, and the head counts.

use super::tables::{NO_CELL, Tables};

/// A rota that keeps every hard rule.
pub(super) struct State {
    /// `rota[person][day]`.
    pub rota: Vec<Vec<u16>>,
    /// Mode before each day, and after the last.
    pub modes: Vec<Vec<u16>>,
    /// A person's sums at the end of the horizon.
    pub sums: Vec<Vec<i32>>,
    /// Number of people in each cell.
    pub count: Vec<i32>,
}

impl State {
    pub(super) fn new(tables: &Tables, rota: Vec<Vec<u16>>) -> Self {
        let mut count = vec![0; tables.cover.len()];
        let (mut modes, mut sums) = (Vec::new(), Vec::new());
        for (p, line) in rota.iter().enumerate() {
            let own = &tables.people[p];
            let mut mode = own.start;
            let mut after = vec![mode];
            let mut total = own.begun.clone();
            let mut yesterday: &[(u8, i32)] = &[];
            for (d, &o) in line.iter().enumerate() {
                let option = tables.of(p, d).get(o);
                if option.cell != NO_CELL {
                    count[option.cell as usize] += 1;
                }
                mode = own.next[usize::from(mode) * own.letters + usize::from(option.letter)];
                after.push(mode);
                for &(s, amount) in &own.rows[usize::from(option.row)] {
                    total[usize::from(s)] += amount;
                }
                let row = &own.weekend_rows[usize::from(option.row)][..];
                for &(s, amount) in row {
                    let begun = tables.weekend[d] == 2 && yesterday.iter().any(|x| x.0 == s && x.1 > 0);
                    if !begun {
                        total[usize::from(s)] += amount;
                    }
                }
                yesterday = row;
            }
            modes.push(after);
            sums.push(total);
        }
        Self { rota, modes, sums, count }
    }
}
