//! People on each channel in each interval, recounted from the duties: `weight_understaff`, `weight_overstaff`.
//! Windows of deferred work are counted by [`super::backlog`].

use super::findings::{Findings, Place, Price};
use super::{Facts, backlog};
use crate::base::{DAY_MINUTES, Span, Text, clock};
use crate::model::{
    Activity, Context, DayPlan, IntervalRequirement, Origin, Requirement, RequirementSource, WorkWindow,
};
use crate::rules::RuleKind;

/// Agent-minutes on each channel, summed up from the first minute of day 0.
struct Served {
    /// `sums[channel][m]`: agent-minutes before absolute minute `m`.
    sums: Vec<Vec<i64>>,
}

impl Served {
    fn count(f: &Facts<'_>, plan: &DayPlan) -> Self {
        // A shift of the last day may end two midnights later at most.
        let minutes = (f.case.horizon.days + 2) * DAY_MINUTES as usize;
        let mut sums = vec![vec![0i64; minutes + 1]; f.case.channels.len()];
        for duty in &plan.duties {
            let Activity::Channel(c) = duty.activity else { continue };
            let Some(changes) = sums.get_mut(c.ix()) else { continue };
            let place =
                |m: i32| (duty.day as i64 * i64::from(DAY_MINUTES) + i64::from(m)).clamp(0, minutes as i64);
            changes[place(duty.time.start) as usize] += 1;
            changes[place(duty.time.end) as usize] -= 1;
        }
        for channel in &mut sums {
            let (mut people, mut total) = (0, 0);
            for slot in channel.iter_mut() {
                let change = *slot;
                *slot = total;
                people += change;
                total += people;
            }
        }
        Self { sums }
    }
    /// Agent-minutes on a channel in an interval of a day.
    fn minutes(&self, r: &IntervalRequirement) -> i64 {
        let Some(sums) = self.sums.get(r.channel.ix()) else { return 0 };
        let at = |m: i32| {
            let m = r.day as i64 * i64::from(DAY_MINUTES) + i64::from(m);
            sums[(m.max(0) as usize).min(sums.len() - 1)]
        };
        at(r.time.end) - at(r.time.start)
    }
}

/// One match per interval and channel that is short, or spare at a price.
pub(super) fn coverage(f: &Facts<'_>, requirement: &Requirement, plan: &DayPlan, out: &mut Findings) {
    let served = Served::count(f, plan);
    for (_, r) in requirement.by_interval() {
        let needed = r.agents * i64::from(r.time.len());
        let spare = served.minutes(r) - needed;
        if spare < 0 {
            note(f, r, RuleKind::WeightUnderstaff, r.under_weight, -spare, needed, out);
        } else if spare > 0 && r.over_weight > 0 {
            note(f, r, RuleKind::WeightOverstaff, r.over_weight, spare, needed, out);
        }
    }
    let cover = backlog::work_done(requirement, plan);
    for (w, &done) in requirement.windows.iter().zip(&cover.done) {
        if done < w.minutes {
            work_left(f, w, w.minutes - done, out);
        }
    }
    for (i, &spare) in &cover.spare {
        let r = &requirement.intervals[*i];
        let of_day = |w: &&WorkWindow| {
            w.channel == r.channel && absolute(w.day, w.time).contains(absolute(r.day, r.time))
        };
        let weight = requirement.windows.iter().find(of_day).map_or(0, |w| w.over_weight);
        if weight > 0 {
            let mut idle = r.clone();
            idle.agents = 0;
            note(f, &idle, RuleKind::WeightOverstaff, weight, spare, 0, out);
        }
    }
}

fn absolute(day: usize, time: Span) -> Span {
    time.shifted(day as i32 * DAY_MINUTES)
}

/// Deferred work that nobody did while it could be done.
fn work_left(f: &Facts<'_>, w: &WorkWindow, amount: i64, out: &mut Findings) {
    let channel = f.case.channel(w.channel);
    let context = Context {
        channel: Some((w.channel, channel.kind)),
        channel_kinds: &f.kinds,
        day: Some((f.date(w.day as i64), f.day_kinds[w.day])),
        ..Context::default()
    };
    let kind = RuleKind::WeightUnderstaff;
    let row = f.case.rules.setting(kind, &context).filter(|row| row.value.number() == w.under_weight);
    let (scope, origin) = row.map_or(("", None), |row| (row.scope.text.as_str(), Some(&row.origin)));
    let (date, from, to) = (f.date(w.day as i64), clock(w.time.start), clock(w.time.end));
    let (name, minutes) = (&channel.name, w.minutes);
    let what = Text::new(
        format!("{name} {date} {from}-{to}: {minutes} agent-minutes of work to do, {amount} of them left"),
        format!("{name} {date} {from}-{to}：有 {minutes} 人分钟的工作，{amount} 人分钟未完成"),
    );
    let mut at = Place::all(f, w.day as i64, name.clone());
    at.when = format!("{date} {from}-{to}");
    out.coverage(Price { kind, weight: w.under_weight, scope, origin }, at, amount, what);
}

fn note(
    f: &Facts<'_>,
    r: &IntervalRequirement,
    kind: RuleKind,
    weight: i64,
    amount: i64,
    needed: i64,
    out: &mut Findings,
) {
    let channel = f.case.channel(r.channel);
    let context = Context {
        channel: Some((r.channel, channel.kind)),
        channel_kinds: &f.kinds,
        day: Some((f.date(r.day as i64), f.day_kinds[r.day])),
        ..Context::default()
    };
    let row = f.case.rules.setting(kind, &context).filter(|row| row.value.number() == weight);
    let (scope, origin) = match row {
        Some(row) => (row.scope.text.as_str(), Some(&row.origin)),
        None => ("", demand_origin(f, r)),
    };
    let (date, from, to) = (f.date(r.day as i64), clock(r.time.start), clock(r.time.end));
    let name = &channel.name;
    let (en, zh) = if kind == RuleKind::WeightUnderstaff { ("short", "不足") } else { ("spare", "富余") };
    let what = Text::new(
        format!(
            "{name} {date} {from}-{to}: {} people needed ({needed} agent-minutes), {amount} agent-minutes {en}",
            r.agents
        ),
        format!("{name} {date} {from}-{to}：需要 {} 人（{needed} 人分钟），{zh} {amount} 人分钟", r.agents),
    );
    let mut at = Place::all(f, r.day as i64, name.clone());
    at.when = format!("{date} {from}-{to}");
    out.coverage(Price { kind, weight, scope, origin }, at, amount, what);
}

/// The demand row that an interval comes from.
fn demand_origin<'a>(f: &Facts<'a>, r: &IntervalRequirement) -> Option<&'a Origin> {
    let comes_from =
        |d: &&crate::model::DemandRow| d.day == r.day && d.channel == r.channel && d.time.overlap(r.time) > 0;
    (r.source == RequirementSource::Demand)
        .then(|| f.case.demand.iter().find(comes_from))
        .flatten()
        .map(|d| &d.origin)
}
