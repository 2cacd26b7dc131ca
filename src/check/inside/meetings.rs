//! `meeting`: attended by exactly those who must, with enough people kept on each channel.

use super::spans::{inside as cut, length, without};
use super::{Inside, absolute, clocks, meals, slots, worked};
use crate::base::index::{ChannelIx, PersonIx, ShiftIx};
use crate::base::{Span, Text, counted};
use crate::check::Facts;
use crate::check::findings::{Fact, Findings, Place};
use crate::model::{Activity, Meeting, MeetingDay, Requirement};

pub(super) fn meetings(f: &Facts<'_>, inside: &Inside<'_>, requirement: &Requirement, out: &mut Findings) {
    strays(f, inside, out);
    for (i, meeting) in f.case.meetings.iter().enumerate() {
        for d in (0..f.case.horizon.days).filter(|&d| takes_place(f, meeting, d)) {
            One { f, inside, requirement, meeting, i, d }.judge(out);
        }
    }
}

/// Whether a meeting is held on a day.
fn takes_place(f: &Facts<'_>, meeting: &Meeting, d: usize) -> bool {
    match meeting.on {
        MeetingDay::Date(date) => f.date(d as i64) == date,
        MeetingDay::Weekday(w) => f.case.horizon.weekday(d as i64) == w,
    }
}

/// Time spent in a meeting that does not take place then, or of which the person is not.
fn strays(f: &Facts<'_>, inside: &Inside<'_>, out: &mut Findings) {
    for (p, d, s) in worked(f) {
        for piece in &inside.day(p, d).pieces {
            let Activity::Meeting(i) = piece.activity else { continue };
            let meeting = f.case.meetings.get(*i);
            let mine = f.case.meetings_of(p, s, f.date(d as i64));
            let may = meeting.is_some_and(|m| mine.contains(i) && m.time.contains(piece.time));
            if !may {
                let (id, date, c) = (&f.person(p).id, f.date(d as i64), clocks(piece.time));
                let name = meeting.map_or("?", |m| m.name.as_str());
                let what = Text::new(
                    format!("{id} is in the meeting {name} on {date} in {c} and should not be"),
                    format!("{id} 在 {date} {c} 参加会议 {name}，但不应参加"),
                );
                out.broken(
                    Fact::Meeting,
                    Place::day(f, p, d as i64),
                    i64::from(piece.time.len()).max(1),
                    what,
                    meeting.map(|m| &m.origin),
                );
            }
        }
    }
}

/// One meeting on one day.
struct One<'x, 'a> {
    f: &'x Facts<'a>,
    inside: &'x Inside<'x>,
    requirement: &'x Requirement,
    meeting: &'x Meeting,
    i: usize,
    d: usize,
}

impl One<'_, '_> {
    fn judge(&self, out: &mut Findings) {
        let (mut attend, mut kept) = (Vec::new(), Vec::new());
        for p in self.f.case.person_indices() {
            let Some(s) = self.f.shift(p, self.d) else { continue };
            if !self.f.case.meetings_of(p, s, self.f.date(self.d as i64)).contains(&self.i) {
                continue;
            }
            let contained = self.f.case.shift(s).times.iter().any(|t| t.contains(self.meeting.time));
            let there = !self.times(p).is_empty();
            match (contained, there) {
                (true, true) => {
                    attend.push(p);
                    self.whole(p, s, out);
                }
                (true, false) if self.meeting.min_on_duty > 0 && self.serves_then(p) => kept.push(p),
                (true, false) => self.whole(p, s, out),
                (false, _) => self.whole(p, s, out),
            }
        }
        self.keep(&attend, &kept, out);
    }
    /// Times of a person in this meeting.
    fn times(&self, p: PersonIx) -> Vec<Span> {
        self.inside.day(p, self.d).times(|a| *a == Activity::Meeting(self.i))
    }
    /// Whether a person is on a channel for some of the meeting.
    fn serves_then(&self, p: PersonIx) -> bool {
        let served = self.inside.day(p, self.d).times(|a| matches!(a, Activity::Channel(_)));
        length(&cut(&served, self.meeting.time)) > 0
    }
    /// Somebody who must attend is there all the time: what they hand over meanwhile, and a meal that fits
    /// nowhere else, excuse them.
    fn whole(&self, p: PersonIx, s: ShiftIx, out: &mut Findings) {
        let (f, time) = (self.f, self.meeting.time);
        let day = self.inside.day(p, self.d);
        let unavoidable = !meals::avoids_all(f, p, self.d, s);
        let excused = day.times(|a| match a {
            Activity::Handover | Activity::Tail | Activity::Meeting(_) => true,
            Activity::Meal => unavoidable,
            Activity::Channel(_) | Activity::Task(_) => false,
        });
        let missed = length(&without(&[time], &excused));
        let (id, date, name, c) = (&f.person(p).id, f.date(self.d as i64), &self.meeting.name, clocks(time));
        let what = Text::new(
            format!(
                "{id} misses {} of the meeting {name} on {date} ({c})",
                counted(missed, "minute", "minutes")
            ),
            format!("{id} 缺席 {date} 会议 {name}（{c}）{missed} 分钟"),
        );
        out.broken(
            Fact::Meeting,
            Place::day(f, p, self.d as i64),
            i64::from(missed),
            what,
            Some(&self.meeting.origin),
        );
    }
    /// As many people stay as fill each open channel to the number to keep, as far as they reach; nobody stays
    /// when there are enough without anybody.
    fn keep(&self, attend: &[PersonIx], kept: &[PersonIx], out: &mut Findings) {
        let f = self.f;
        let least = usize::try_from(self.meeting.min_on_duty).unwrap_or(0);
        if least == 0 || (attend.is_empty() && kept.is_empty()) {
            return;
        }
        let (mut short, mut idle) = (0, !kept.is_empty());
        for part in self.parts() {
            let seats: Vec<ChannelIx> =
                self.open(part).into_iter().flat_map(|c| std::iter::repeat_n(c, least)).collect();
            let here = self.on_queue(part);
            let others: Vec<PersonIx> = here.iter().copied().filter(|p| !kept.contains(p)).collect();
            let filled = seated(f, &here, &seats);
            idle &= seated(f, &others, &seats) == filled;
            let could = attend.iter().copied().filter(|&p| self.could_stay(p, part));
            let all: Vec<PersonIx> = here.iter().copied().chain(could).collect();
            short = short.max(seated(f, &all, &seats) - filled);
        }
        let (date, meeting, n) = (f.date(self.d as i64), &self.meeting.name, kept.len());
        let what = if idle {
            Text::new(
                format!(
                    "{} away from the meeting {meeting} on {date}, though enough are on each channel",
                    counted(n, "person stays", "people stay")
                ),
                format!("{date} 会议 {meeting} 期间各渠道人数已够，仍有 {n} 人未参加"),
            )
        } else {
            Text::new(
                format!(
                    "{} stay on their channels during the meeting {meeting} on {date}: {least} to be kept on each",
                    counted(short, "more person should", "more people should")
                ),
                format!("{date} 会议 {meeting} 期间应再留 {short} 人：每个渠道应留 {least} 人"),
            )
        };
        let wrong = if idle { n } else { short };
        let at = Place::all(f, self.d as i64, String::new());
        out.broken(Fact::Meeting, at, wrong as i64, what, Some(&self.meeting.origin));
    }
    /// The meeting, cut wherever somebody's activity changes.
    fn parts(&self) -> Vec<Span> {
        let time = absolute(self.d, self.meeting.time);
        let mut borders = vec![time.start, time.end];
        for d in self.d.saturating_sub(1)..=self.d {
            for p in self.f.case.person_indices() {
                let times = self.inside.day(p, d).pieces.iter().map(|x| absolute(d, x.time));
                borders
                    .extend(times.flat_map(|t| [t.start, t.end]).filter(|&m| time.start < m && m < time.end));
            }
        }
        borders.extend(
            self.requirement
                .intervals
                .iter()
                .map(|r| absolute(r.day, r.time))
                .flat_map(|t| [t.start, t.end])
                .filter(|&m| time.start < m && m < time.end),
        );
        borders.sort_unstable();
        borders.dedup();
        borders.windows(2).map(|w| Span::new(w[0], w[1])).collect()
    }
    /// Channels on which anything is required in a part.
    fn open(&self, part: Span) -> Vec<ChannelIx> {
        let open = self.requirement.intervals.iter().filter(|r| absolute(r.day, r.time).contains(part));
        let mut channels: Vec<ChannelIx> = open.map(|r| r.channel).collect();
        channels.sort_unstable();
        channels.dedup();
        channels
    }
    /// People on a channel, or taking over from somebody, all through a part.
    fn on_queue(&self, part: Span) -> Vec<PersonIx> {
        let on = |p: PersonIx, d: usize| {
            let day = self.inside.day(p, d);
            let there = day.times(|a| matches!(a, Activity::Channel(_) | Activity::Handover));
            let own = self.f.shift(p, d).map(|s| slots(self.f.case.shift(s), self.f.handover(p, s, d).0));
            let own = own.unwrap_or_default();
            let in_segment = self
                .f
                .shift(p, d)
                .is_some_and(|s| self.f.case.shift(s).times.iter().any(|&t| absolute(d, t).contains(part)));
            in_segment
                && there.iter().any(|&t| absolute(d, t).contains(part))
                && own.iter().all(|&t| absolute(d, t).overlap(part) == 0)
        };
        let days = self.d.saturating_sub(1)..=self.d;
        self.f.case.person_indices().filter(|&p| days.clone().any(|d| on(p, d))).collect()
    }
    /// Whether somebody who attends could have stayed in a part: no meal in the meeting, no handover in the part.
    fn could_stay(&self, p: PersonIx, part: Span) -> bool {
        let Some(s) = self.f.shift(p, self.d) else { return false };
        let meal = self.inside.day(p, self.d).times(|a| *a == Activity::Meal);
        let own = slots(self.f.case.shift(s), self.f.handover(p, s, self.d).0);
        cut(&meal, self.meeting.time).is_empty()
            && own.iter().all(|&t| absolute(self.d, t).overlap(part) == 0)
    }
}

/// How many seats, each of a channel, people can fill at once by their skills.
fn seated(f: &Facts<'_>, people: &[PersonIx], seats: &[ChannelIx]) -> usize {
    fn place(
        f: &Facts<'_>,
        i: usize,
        people: &[PersonIx],
        seats: &[ChannelIx],
        taken: &mut [Option<usize>],
        seen: &mut [bool],
    ) -> bool {
        for j in 0..seats.len() {
            if seen[j] || !f.person(people[i]).serves(seats[j]) {
                continue;
            }
            seen[j] = true;
            if taken[j].is_none_or(|k| place(f, k, people, seats, taken, seen)) {
                taken[j] = Some(i);
                return true;
            }
        }
        false
    }
    let mut taken = vec![None; seats.len()];
    (0..people.len())
        .filter(|&i| place(f, i, people, seats, &mut taken, &mut vec![false; seats.len()]))
        .count()
}
