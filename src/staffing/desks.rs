//! People who hold one or several contacts at a time, as a queue.
//!
//! n people with c sessions each are m = n·c slots. With k contacts in service, spread evenly over the people, a person
//! with j of them finishes each at the rate 1 ÷ L(j), L(j) = s·(1 + g·(j − 1)): sessions get longer the more of them
//! somebody holds. That is a birth-death chain below m; above m the floor drains at a constant rate, so the waiting
//! line is that of Erlang C or A. The chain is exact for one contact at a time, for g = 0, and for one person; for
//! several people with g > 0 the even spread stands for the many ways in which sessions may lie (the exact model is
//! Tezcan and Zhang, Operations Research 62 (4), 2014).

use super::erlang::{Figures, FullFloor, Stream, Target, impatient, patient, smallest};

/// Those who serve a channel.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Desks {
    /// People.
    pub people: u32,
    /// Contacts that each holds at a time, at least 1.
    pub concurrency: f64,
    /// By what share of the handling time each further contact makes all of them longer.
    pub growth: f64,
}

impl Desks {
    /// Contacts in service at a time, at most.
    #[must_use]
    pub fn slots(&self) -> u32 {
        (f64::from(self.people) * self.concurrency.max(1.0) + 1e-9) as u32
    }
    /// Contacts finished a second with `busy` of them in service.
    pub(super) fn rate(&self, busy: u32, handling_s: f64) -> f64 {
        if self.growth <= 0.0 || self.people == 0 {
            return f64::from(busy) / handling_s;
        }
        let (each, more) = (busy / self.people, busy % self.people);
        let person = |j: u32| f64::from(j) / (1.0 + self.growth * (f64::from(j) - 1.0).max(0.0));
        (f64::from(more) * person(each + 1) + f64::from(self.people - more) * person(each)) / handling_s
    }
    /// What the queue does in the long run, with or without impatience.
    #[must_use]
    pub fn figures(&self, stream: Stream, patience_s: Option<f64>, target_s: f64) -> Figures {
        let slots = self.slots();
        if stream.load() <= 0.0 {
            return super::erlang::erlang_c(stream, slots.max(1), target_s);
        }
        // Share lost and mean number in service of the system in which nobody can wait, slot by slot.
        let (mut lost, mut busy, mut before) = (1.0, 0.0, 0.0);
        for k in 1..=slots {
            lost = stream.rate * lost / (self.rate(k, stream.handling_s) + stream.rate * lost);
            before = busy;
            busy = (1.0 - lost) * busy + lost * f64::from(k);
        }
        let floor = FullFloor { lost, drain: self.rate(slots, stream.handling_s) };
        let figures = match patience_s {
            Some(patience_s) => impatient(stream.rate, floor, patience_s, target_s),
            None => patient(stream.rate, floor, target_s),
        };
        let all = f64::from(slots);
        let busy = (1.0 - figures.p_wait) * before + figures.p_wait * all;
        Figures { occupancy: if slots == 0 { 1.0 } else { (busy / all).clamp(0.0, 1.0) }, ..figures }
    }
    /// Fewest people that reach a target, with the concurrency and growth of `self`.
    #[must_use]
    pub fn required(&self, stream: Stream, patience_s: Option<f64>, target: &Target) -> u32 {
        let longest = 1.0 + self.growth * (self.concurrency - 1.0).max(0.0);
        let near = (stream.load() * longest / self.concurrency.max(1.0)).min(1e6) as u32 + 1;
        smallest(1, near, |people| {
            target.reached(&Desks { people, ..*self }.figures(stream, patience_s, target.within_s))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::erlang::{erlang_a, erlang_c};
    use super::*;
    use proptest::prelude::*;

    fn chats(people: u32, concurrency: f64, growth: f64) -> Desks {
        Desks { people, concurrency, growth }
    }

    #[test]
    fn one_contact_at_a_time_is_erlang() {
        let stream = Stream { rate: 0.05, handling_s: 200.0 };
        for n in [9, 11, 14, 30] {
            let (c, a) = (erlang_c(stream, n, 20.0), erlang_a(stream, n, 90.0, 20.0));
            let (d, e) = (
                chats(n, 1.0, 0.7).figures(stream, None, 20.0),
                chats(n, 1.0, 0.0).figures(stream, Some(90.0), 20.0),
            );
            assert!(
                (c.service_level - d.service_level).abs() < 1e-12
                    && (c.occupancy - d.occupancy).abs() < 1e-12
            );
            assert!(
                (a.service_level - e.service_level).abs() < 1e-12
                    && (a.occupancy - e.occupancy).abs() < 1e-12
            );
        }
    }

    /// One person, two sessions of 60 s alone and 90 s each together, one arrival a minute, solved by hand: rates 1, 4/3.
    #[test]
    fn a_single_person_with_two_sessions() {
        let f = chats(1, 2.0, 0.5).figures(Stream { rate: 1.0 / 60.0, handling_s: 60.0 }, None, 0.0);
        // p1 = p0, p2 = 3/4 p0, p(k+1) = 3/4 p(k): the sum is 1 + 1 + 3/4 · 4 = 5.
        assert!((f.p_wait - 3.0 / 5.0).abs() < 1e-12, "{f:?}");
        // W = P(wait) ÷ (4/3 − 1) minutes.
        assert!((f.wait_s - 108.0).abs() < 1e-9, "{f:?}");
    }

    #[test]
    fn longer_sessions_eat_up_what_more_of_them_save() {
        let target = Target { service_level: Some(0.9), within_s: 60.0, ..Target::default() };
        let stream = Stream { rate: 60.0 / 3600.0, handling_s: 300.0 };
        let people = |c: f64, g: f64| chats(0, c, g).required(stream, None, &target);
        assert_eq!([people(1.0, 0.3), people(2.0, 0.0), people(3.0, 0.0)], [8, 4, 3]);
        assert_eq!([people(2.0, 1.0 / 3.0), people(3.0, 0.3), people(4.0, 1.0 / 3.0)], [5, 4, 4]);
    }

    proptest! {
        #[test]
        fn more_people_never_do_worse_and_longer_sessions_never_better(
            people in 1u32..30, concurrency in 1f64..5.0, growth in 0f64..1.0, use_of in 0.1f64..1.5,
            handling_s in 30f64..900.0, patience_s in proptest::option::of(10f64..2000.0),
        ) {
            let few = chats(people, concurrency, growth);
            let rate = use_of * f64::from(people) / handling_s;
            let at = |d: Desks| d.figures(Stream { rate, handling_s }, patience_s, 60.0);
            let (a, b, c) = (at(few), at(chats(people + 1, concurrency, growth)), at(chats(people, concurrency, growth + 0.2)));
            prop_assert!(b.service_level >= a.service_level - 1e-9 && c.service_level <= a.service_level + 1e-9, "{a:?} {b:?} {c:?}");
            prop_assert!((0.0..=1.0).contains(&a.occupancy));
        }
    }
}
