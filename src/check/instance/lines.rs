//! The hard rules: each is about one person.

use super::broken;
use crate::base::index::ShiftIx;
use crate::base::{Text, counted};
use crate::check::ScoreAnalysis;
use crate::model::{Instance, InstancePerson, InstanceRota};

type Row = [Option<ShiftIx>];

fn each<'a>(
    instance: &'a Instance,
    rota: &'a InstanceRota,
) -> impl Iterator<Item = (&'a InstancePerson, &'a Row)> {
    instance.people.iter().zip(rota.cells.iter().map(Vec::as_slice))
}

/// Nobody works on a day off.
pub(super) fn days_off(instance: &Instance, rota: &InstanceRota, out: &mut ScoreAnalysis) {
    for (person, row) in each(instance, rota) {
        for &day in &person.days_off {
            if let Some(shift) = row[day] {
                let id = &instance.shifts[shift.ix()].id;
                let why = Text::new(
                    format!("works {id} on day {day}, a day off"),
                    format!("第 {day} 天是休息日，却上 {id}"),
                );
                broken(out, "days_off", 1, (person.id.clone(), day.to_string()), why);
            }
        }
    }
}

/// No shift is followed on the next day by one that cannot follow it.
pub(super) fn successions(instance: &Instance, rota: &InstanceRota, out: &mut ScoreAnalysis) {
    for (person, row) in each(instance, rota) {
        for day in 1..instance.days {
            let (Some(first), Some(next)) = (row[day - 1], row[day]) else { continue };
            let (first, next) = (&instance.shifts[first.ix()], (&instance.shifts[next.ix()].id, next));
            if first.not_before.contains(&next.1) {
                let (from, to) = (&first.id, next.0);
                let why = Text::new(
                    format!("{to} cannot follow {from} on the next day"),
                    format!("{from} 的次日不能上 {to}"),
                );
                broken(out, "forbidden_succession", 1, (person.id.clone(), stretch(day - 1, day)), why);
            }
        }
    }
}

/// Nobody works a type more often than allowed.
pub(super) fn shifts(instance: &Instance, rota: &InstanceRota, out: &mut ScoreAnalysis) {
    for (person, row) in each(instance, rota) {
        for (k, shift) in instance.shifts.iter().enumerate() {
            let worked = row.iter().flatten().filter(|s| s.ix() == k).count() as i64;
            let most = i64::from(person.max_shifts.get(k).copied().unwrap_or(0));
            if worked > most {
                let id = &shift.id;
                let why = Text::new(
                    format!("works {id} {}, at most {most} are allowed", counted(worked, "time", "times")),
                    format!("上 {id} {worked} 次，最多 {most} 次"),
                );
                broken(out, "max_shifts", worked - most, (person.id.clone(), whole(instance)), why);
            }
        }
    }
}

/// Total minutes lie between their limits.
pub(super) fn minutes(instance: &Instance, rota: &InstanceRota, out: &mut ScoreAnalysis) {
    for (person, row) in each(instance, rota) {
        let sum: i64 = row.iter().flatten().map(|s| i64::from(instance.shifts[s.ix()].minutes)).sum();
        let (least, most) = (i64::from(person.min_minutes), i64::from(person.max_minutes));
        if sum > most {
            let why = Text::new(
                format!("works {sum} minutes, at most {most} are allowed"),
                format!("工时 {sum} 分钟，最多 {most} 分钟"),
            );
            broken(out, "max_minutes", sum - most, (person.id.clone(), whole(instance)), why);
        }
        if sum < least {
            let why = Text::new(
                format!("works {sum} minutes, at least {least} are needed"),
                format!("工时 {sum} 分钟，至少 {least} 分钟"),
            );
            broken(out, "min_minutes", least - sum, (person.id.clone(), whole(instance)), why);
        }
    }
}

/// Runs of shifts and of days off keep their lengths.
pub(super) fn runs(instance: &Instance, rota: &InstanceRota, out: &mut ScoreAnalysis) {
    for (person, row) in each(instance, rota) {
        let mut first = 0;
        while first < row.len() {
            let works = row[first].is_some();
            let length = row[first..].iter().take_while(|cell| cell.is_some() == works).count();
            let last = first + length - 1;
            // What touches either end may be longer than the horizon shows.
            let inside = first > 0 && last + 1 < row.len();
            let place = || (person.id.clone(), stretch(first, last));
            if works && length > person.max_consecutive {
                let most = person.max_consecutive;
                let why = Text::new(
                    format!("{} in a row, at most {most} are allowed", counted(length, "shift", "shifts")),
                    format!("连续上班 {length} 天，最多 {most} 天"),
                );
                broken(out, "max_consecutive_days", (length - most) as i64, place(), why);
            }
            if works && inside && length < person.min_consecutive {
                let least = person.min_consecutive;
                let why = Text::new(
                    format!("{} in a row, at least {least} are needed", counted(length, "shift", "shifts")),
                    format!("连续上班 {length} 天，至少 {least} 天"),
                );
                broken(out, "min_consecutive_days", (least - length) as i64, place(), why);
            }
            if !works && inside && length < person.min_days_off {
                let least = person.min_days_off;
                let why = Text::new(
                    format!("{} off in a row, at least {least} are needed", counted(length, "day", "days")),
                    format!("连续休息 {length} 天，至少 {least} 天"),
                );
                broken(out, "min_consecutive_off", (least - length) as i64, place(), why);
            }
            first = last + 1;
        }
    }
}

/// Weekends with work on Saturday or Sunday are not too many.
pub(super) fn weekends(instance: &Instance, rota: &InstanceRota, out: &mut ScoreAnalysis) {
    for (person, row) in each(instance, rota) {
        let weekends = row.chunks(7).filter_map(|week| week.get(5..));
        let worked = weekends.filter(|weekend| weekend.iter().any(Option::is_some)).count() as i64;
        let most = i64::from(person.max_weekends);
        if worked > most {
            let why = Text::new(
                format!("works on {worked} weekends, at most {most} are allowed"),
                format!("有 {worked} 个周末上班，最多 {most} 个"),
            );
            broken(out, "max_weekends", worked - most, (person.id.clone(), whole(instance)), why);
        }
    }
}

fn stretch(first: usize, last: usize) -> String {
    if first == last { first.to_string() } else { format!("{first}..{last}") }
}

fn whole(instance: &Instance) -> String {
    stretch(0, instance.days - 1)
}
