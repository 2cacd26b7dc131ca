//! What there is to choose on a person-day, laid out so that days which offer the same share it: only prices differ.

use super::tables::{NO_CELL, NONE};
use rustc_hash::FxHashMap;
use std::ops::Range;

/// Options of a person-day at most.
pub(super) const OPTIONS: usize = 512;

/// An option of a person and day.
#[derive(Clone, Copy)]
pub(super) struct Choice {
    pub letter: u16,
    /// Row of amounts of the person.
    pub row: u16,
    /// Number of what it is: 0 a rest day, else the code and one; days with one option have numbers of their own.
    pub what: u16,
    pub cost: i32,
    pub cell: u32,
}

/// What options of a person have in common wherever the same ones are to be had.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Kind {
    pub letter: u16,
    pub row: u16,
    pub what: u16,
    /// Cell, counted from the first of its day; [`NO_CELL`] for none.
    pub cell: u32,
}

impl Kind {
    fn choice(self, cost: i32, first: u32) -> Choice {
        let Self { letter, row, what, cell } = self;
        Choice { letter, row, what, cost, cell: if cell == NO_CELL { NO_CELL } else { first + cell } }
    }
}

/// An option in the order of a list's groups.
#[derive(Clone, Copy)]
pub(super) struct Member {
    pub option: u16,
    pub row: u16,
    /// As in [`Kind`].
    pub cell: u32,
}

/// Options of a list after which all goes on in the same way: one letter, and a weekend counts with all or none.
#[derive(Clone, Copy)]
pub(super) struct Group {
    pub letter: u16,
    /// Whether they make a weekend count.
    pub counts: bool,
    /// They end before this member.
    pub end: u32,
}

/// Lists of options that person-days share.
#[derive(Default)]
pub(super) struct Lists {
    known: FxHashMap<Vec<Kind>, u16>,
    /// Where what is on list l begins and ends: `[l]` and `[l + 1]`, of kinds and members, and of groups.
    begin: Vec<u32>,
    groups_begin: Vec<u32>,
    kinds: Vec<Kind>,
    members: Vec<Member>,
    groups: Vec<Group>,
    /// Option on a list that is something: `find[list * whats + what]`.
    find: Vec<u16>,
    whats: usize,
}

impl Lists {
    pub(super) fn new(whats: usize) -> Self {
        Self { begin: vec![0], groups_begin: vec![0], whats, ..Self::default() }
    }

    /// Number of a list; `counts`: which rows of amounts make a weekend count.
    pub(super) fn number(&mut self, list: Vec<Kind>, counts: &[bool]) -> Option<u16> {
        if let Some(&known) = self.known.get(&list) {
            return Some(known);
        }
        if list.len() > OPTIONS {
            return None;
        }
        let mut map = vec![NONE; self.whats];
        for (o, kind) in list.iter().enumerate() {
            if kind.what != NONE && map[usize::from(kind.what)] == NONE {
                map[usize::from(kind.what)] = o as u16;
            }
        }
        self.find.extend(map);
        let of = |o: &u16| {
            let kind = list[usize::from(*o)];
            (kind.letter, counts[usize::from(kind.row)])
        };
        let mut order: Vec<u16> = (0..list.len() as u16).collect();
        order.sort_by_key(of);
        for group in order.chunk_by(|a, b| of(a) == of(b)) {
            self.members.extend(group.iter().map(|&o| {
                let Kind { row, cell, .. } = list[usize::from(o)];
                Member { option: o, row, cell }
            }));
            let (letter, counts) = of(&group[0]);
            let end = self.members.len() as u32 - self.begin[self.begin.len() - 1];
            self.groups.push(Group { letter, counts, end });
        }
        self.kinds.extend(&list);
        self.begin.push(self.kinds.len() as u32);
        self.groups_begin.push(self.groups.len() as u32);
        let number = u16::try_from(self.known.len()).ok()?;
        self.known.insert(list, number);
        Some(number)
    }

    /// What is on a list on a day whose first cell is `first`; `costs` begin with those of its options.
    pub(super) fn choices<'t>(&'t self, list: u16, costs: &'t [i32], first: u32) -> Choices<'t> {
        let kinds = &self.kinds[of(&self.begin, list)];
        Choices { kinds, costs: &costs[..kinds.len()], first }
    }

    /// [`Self::choices`] by group.
    pub(super) fn grouped<'t>(&'t self, list: u16, costs: &'t [i32], first: u32) -> Grouped<'t> {
        let members = &self.members[of(&self.begin, list)];
        let groups = &self.groups[of(&self.groups_begin, list)];
        Grouped { groups, members, costs: &costs[..members.len()], first }
    }

    /// The option on a list that is something; [`NONE`] where there is none.
    pub(super) fn option(&self, list: u16, what: u16) -> u16 {
        if usize::from(what) >= self.whats {
            return NONE;
        }
        self.find[usize::from(list) * self.whats + usize::from(what)]
    }
}

fn of(begin: &[u32], list: u16) -> Range<usize> {
    begin[usize::from(list)] as usize..begin[usize::from(list) + 1] as usize
}

/// The options of a person-day.
#[derive(Clone, Copy)]
pub(super) struct Choices<'t> {
    kinds: &'t [Kind],
    costs: &'t [i32],
    first: u32,
}

/// The options of a person-day by group.
pub(super) struct Grouped<'t> {
    pub groups: &'t [Group],
    pub members: &'t [Member],
    /// By option.
    pub costs: &'t [i32],
    /// First cell of the day.
    pub first: u32,
}

impl<'t> Choices<'t> {
    pub(super) fn len(&self) -> usize {
        self.kinds.len()
    }
    pub(super) fn get(&self, o: u16) -> Choice {
        self.kinds[usize::from(o)].choice(self.costs[usize::from(o)], self.first)
    }
    pub(super) fn iter(self) -> impl Iterator<Item = Choice> + 't {
        self.kinds.iter().zip(self.costs).map(move |(kind, &cost)| kind.choice(cost, self.first))
    }
}
