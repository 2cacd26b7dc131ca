//! `meeting`: attended by exactly those who must, with enough people kept on each channel.

use super::spans::{inside as cut, length, without};
use super::{Inside, absolute, clocks, meals, worked};
use crate::base::index::{ChannelIx, PersonIx, ShiftIx};
use crate::base::{Span, Text};
use crate::check::Facts;
use crate::check::findings::{Fact, Findings, Place};
use crate::model::{Activity, Meeting, MeetingDay};

pub(super) fn meetings(f: &Facts<'_>, inside: &Inside<'_>, out: &mut Findings) {
    strays(f, inside, out);
    for (i, meeting) in f.case.meetings.iter().enumerate() {
        for d in (0..f.case.horizon.days).filter(|&d| takes_place(f, meeting, d)) {
            One { f, inside, meeting, i, d }.judge(out);
        }
    }
}

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
            let may = meeting.is_some_and(|m| {
                let in_scope = f.on_day(p, s, d).within(&m.scope);
                let contained = f.case.shift(s).times.iter().any(|t| t.contains(m.time));
                takes_place(f, m, d) && in_scope && m.time.contains(piece.time) && (contained || m.come_in)
            });
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
    meeting: &'x Meeting,
    i: usize,
    d: usize,
}

impl One<'_, '_> {
    fn judge(&self, out: &mut Findings) {
        let (mut attend, mut kept) = (Vec::new(), Vec::new());
        for p in self.f.case.person_indices() {
            let Some(s) = self.f.shift(p, self.d) else { continue };
            if !self.f.on_day(p, s, self.d).within(&self.meeting.scope) {
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
                (false, _) if self.meeting.come_in => self.whole(p, s, out),
                (false, _) => {}
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
        let unavoidable = !meals::avoidable(f, p, s, time);
        let excused = day.times(|a| match a {
            Activity::Handover | Activity::Tail | Activity::Meeting(_) => true,
            Activity::Meal => unavoidable,
            Activity::Channel(_) => false,
        });
        let missed = length(&without(&[time], &excused));
        let (id, date, name, c) = (&f.person(p).id, f.date(self.d as i64), &self.meeting.name, clocks(time));
        let what = Text::new(
            format!("{id} misses {missed} minutes of the meeting {name} on {date} ({c})"),
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
    /// As many people stay on each channel as the meeting says and the staff allows, and none besides.
    fn keep(&self, attend: &[PersonIx], kept: &[PersonIx], out: &mut Findings) {
        let (f, least) = (self.f, self.meeting.min_on_duty);
        for c in (0..f.case.channels.len()).map(ChannelIx::new) {
            let kept_here = kept.iter().filter(|&&p| self.on(p, self.d, c, true)).count() as i64;
            if least <= 0 || (kept_here == 0 && !attend.iter().any(|&p| f.person(p).serves(c))) {
                continue;
            }
            let here = self.fewest(c);
            let could_stay = attend.iter().filter(|&&p| f.person(p).serves(c)).count() as i64;
            let name = &f.case.channel(c).name;
            let (date, meeting) = (f.date(self.d as i64), &self.meeting.name);
            let what = Text::new(
                format!(
                    "During the meeting {meeting} on {date} at least {here} people are on {name}, {least} are to be kept"
                ),
                format!("{date} 会议 {meeting} 期间 {name} 最少有 {here} 人，应留 {least} 人"),
            );
            let wrong =
                if here < least { (least - here).min(could_stay) } else { (here - least).min(kept_here) };
            out.broken(
                Fact::Meeting,
                Place::all(f, self.d as i64, name.clone()),
                wrong,
                what,
                Some(&self.meeting.origin),
            );
        }
    }
    /// Whether a person is on a channel during the meeting (`any`), or else all through it.
    fn on(&self, p: PersonIx, d: usize, c: ChannelIx, any: bool) -> bool {
        let time = absolute(self.d, self.meeting.time).shifted(-absolute(d, Span::new(0, 0)).start);
        let served = cut(&self.inside.day(p, d).times(|a| *a == Activity::Channel(c)), time);
        if any { !served.is_empty() } else { length(&served) == time.len() }
    }
    /// The smallest number of people on a channel at any time of the meeting; a handover does not take away.
    fn fewest(&self, c: ChannelIx) -> i64 {
        let mut changes: Vec<(i32, i64)> = Vec::new();
        let time = absolute(self.d, self.meeting.time);
        for d in self.d.saturating_sub(1)..=self.d {
            for p in self.f.case.person_indices() {
                let day = self.inside.day(p, d);
                let mut last = None;
                for piece in &day.pieces {
                    match piece.activity {
                        Activity::Channel(x) => last = Some(*x),
                        Activity::Handover => {}
                        _ => continue,
                    }
                    if last == Some(c) {
                        for part in cut(&[absolute(d, piece.time)], time) {
                            changes.extend([(part.start, 1), (part.end, -1)]);
                        }
                    }
                }
            }
        }
        changes.sort_unstable();
        let (mut people, mut fewest, mut at) = (0, i64::MAX, time.start);
        for (minute, change) in changes.into_iter().chain([(time.end, 0)]) {
            if minute > at {
                fewest = fewest.min(people);
                at = minute;
            }
            people += change;
        }
        fewest
    }
}
