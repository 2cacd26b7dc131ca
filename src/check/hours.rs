//! Paid hours and overtime: `overtime_cap_month`, `overtime_needs_approval`, `overtime_cap_day`, `min_hours_month`, `max_hours_month`,
//! `weight_overtime`, and the tag `no_overtime`. The minutes are those of the ledger ([`crate::pay`]).

use super::Facts;
use super::facts::begun_hours;
use super::findings::{Fact, Findings, Place};
use super::rest::duration;
use crate::base::Text;
use crate::base::index::PersonIx;
use crate::model::Approval;
use crate::pay::{MonthPay, PersonLedger, ledger};
use crate::rules::RuleKind;
use chrono::{Days, Months, NaiveDate};

/// The ledger of everybody.
pub(super) struct Hours {
    people: Vec<PersonLedger>,
}

impl Hours {
    pub(super) fn new(f: &Facts<'_>) -> Self {
        Self { people: ledger(f.case, f.rota) }
    }
    /// Paid minutes of a person on a day, past or planned.
    pub(super) fn paid(&self, p: PersonIx, d: i64) -> i64 {
        let of = &self.people[p.ix()];
        let day = match usize::try_from(d) {
            Ok(d) => of.days.get(d),
            Err(_) => usize::try_from(of.past.len() as i64 + d).ok().and_then(|i| of.past.get(i)),
        };
        day.map_or(0, |x| x.paid)
    }
    fn of(&self, p: PersonIx) -> &PersonLedger {
        &self.people[p.ix()]
    }
}

/// All rules about hours.
pub(super) fn hours(f: &Facts<'_>, hours: &Hours, out: &mut Findings) {
    for p in f.case.person_indices() {
        cap_month(f, hours.of(p), p, out);
        needs_approval(f, hours.of(p), p, out);
        cap_day(f, hours.of(p), p, out);
        hours_month(f, hours.of(p), p, out);
        hours_week(f, hours, p, out);
        price(f, hours.of(p), p, out);
        no_overtime(f, hours.of(p), p, out);
    }
}

fn month_place(f: &Facts<'_>, p: PersonIx, month: &MonthPay) -> Place {
    Place::days(f, p, month.days.0 as i64, month.days.1 as i64 - 1)
}

fn cap_month(f: &Facts<'_>, ledger: &PersonLedger, p: PersonIx, out: &mut Findings) {
    for row in f.rows(RuleKind::OvertimeCapMonth, &f.of_person(p)) {
        for month in &ledger.months {
            let cap = row.value.number();
            let (id, name, over) = (&f.person(p).id, month.first.format("%Y-%m"), month.above(cap));
            let (has, may) = (duration(month.counted), duration(cap * month.cap_factor));
            let what = Text::new(
                format!("{id} has {has} of overtime in {name}, at most {may} are allowed"),
                format!("{id} 在 {name} 加班 {has}，最多允许 {may}"),
            );
            out.missed(row, month_place(f, p, month), begun_hours(over), what);
        }
    }
}

fn needs_approval(f: &Facts<'_>, ledger: &PersonLedger, p: PersonIx, out: &mut Findings) {
    for row in f.rows(RuleKind::OvertimeNeedsApproval, &f.of_person(p)) {
        for month in &ledger.months {
            // Under comprehensive hours the months of the period so far.
            let months = (0..month.cap_factor).map(|k| month.first - Months::new(k as u32));
            let may: i64 = months.map(|first| row.value.number().max(approved(f, p, first))).sum();
            let over = month.counted - may;
            let (id, name) = (&f.person(p).id, month.first.format("%Y-%m"));
            let (has, may) = (duration(month.counted), duration(may));
            let what = Text::new(
                format!("{id} has {has} of overtime in {name}, {may} are free or approved in approvals.csv"),
                format!("{id} 在 {name} 加班 {has}，免审批或 approvals.csv 已批准的为 {may}"),
            );
            out.missed(row, month_place(f, p, month), begun_hours(over), what);
        }
    }
}

/// Minutes of overtime approved for a person and month.
fn approved(f: &Facts<'_>, p: PersonIx, first: NaiveDate) -> i64 {
    f.case.approvals.iter().filter(|a| a.person == p).map(|a| approved_in(a, first)).sum()
}

/// Minutes that a row of `approvals.csv` approves for the month that begins on `first`. A row that spans months is
/// shared among them by days: each month gets what has come up by its end, in whole minutes, less what had before it.
pub(super) fn approved_in(a: &Approval, first: NaiveDate) -> i64 {
    let days = |until: NaiveDate| (until.min(a.to + Days::new(1)) - a.from).num_days().max(0);
    let all = days(a.to + Days::new(1));
    if all == 0 {
        return 0;
    }
    let come_up = |until: NaiveDate| a.overtime_minutes * days(until) / all;
    come_up(first + Months::new(1)) - come_up(first)
}

fn cap_day(f: &Facts<'_>, ledger: &PersonLedger, p: PersonIx, out: &mut Findings) {
    for row in f.rows(RuleKind::OvertimeCapDay, &f.of_person(p)) {
        for d in (0..f.days()).filter(|&d| !f.statutory(d)) {
            let beyond = ledger.days[d as usize].paid - ledger.terms.normal_day;
            if beyond <= row.value.number() {
                continue;
            }
            let (id, date, cap) = (&f.person(p).id, f.date(d), duration(row.value.number()));
            let (has, normal) = (duration(beyond), duration(ledger.terms.normal_day));
            let what = Text::new(
                format!("{id} works {has} beyond {normal} on {date}, at most {cap} are allowed"),
                format!("{id} 在 {date} 超出 {normal} 工作 {has}，最多允许 {cap}"),
            );
            out.missed(row, Place::day(f, p, d), begun_hours(beyond - row.value.number()), what);
        }
    }
}

fn hours_month(f: &Facts<'_>, ledger: &PersonLedger, p: PersonIx, out: &mut Findings) {
    for kind in [RuleKind::MinHoursMonth, RuleKind::MaxHoursMonth] {
        for row in f.rows(kind, &f.of_person(p)) {
            for month in &ledger.months {
                let (paid, limit) = (month.paid_in_month(), row.value.number());
                let (id, name) = (&f.person(p).id, month.first.format("%Y-%m"));
                let (has, due) = (duration(paid), duration(limit));
                let (over, what) = if kind == RuleKind::MaxHoursMonth {
                    let en = format!("{id} has {has} paid hours in {name}, at most {due} are allowed");
                    (paid - limit, Text::new(en, format!("{id} 在 {name} 计薪工时 {has}，最多允许 {due}")))
                } else if whole(f, p, month) {
                    let en = format!("{id} has {has} paid hours in {name}, at least {due} are due");
                    (limit - paid, Text::new(en, format!("{id} 在 {name} 计薪工时 {has}，至少应有 {due}")))
                } else {
                    continue;
                };
                out.missed(row, month_place(f, p, month), begun_hours(over), what);
            }
        }
    }
}

fn hours_week(f: &Facts<'_>, hours: &Hours, p: PersonIx, out: &mut Findings) {
    for row in f.rows(RuleKind::MaxHoursWeek, &f.of_person(p)) {
        let mut monday = f.case.horizon.monday(0);
        while monday < f.days() {
            let (first, last) = (monday.max(0), (monday + 6).min(f.days() - 1));
            let paid: i64 = (monday..=last).map(|d| hours.paid(p, d)).sum();
            let limit = row.value.number();
            let (id, has, may, date) = (&f.person(p).id, duration(paid), duration(limit), f.date(monday));
            let what = Text::new(
                format!("{id} has {has} paid hours in the week of {date}, at most {may} are allowed"),
                format!("{id} 在 {date} 起的一周计薪工时 {has}，最多允许 {may}"),
            );
            // Hours that the history alone is above the limit cannot be taken back, but they are told.
            out.missed(row, Place::days(f, p, first, last), begun_hours(paid - limit), what);
            monday += 7;
        }
    }
}

/// Whether all of a month is known: it ends inside the horizon, and each of its earlier days has a row in the
/// history or lies outside employment.
fn whole(f: &Facts<'_>, p: PersonIx, month: &MonthPay) -> bool {
    let h = f.case.horizon;
    let ends = h.index(month.first + Months::new(1) - Days::new(1)).is_some();
    let known = |d: i64| f.lines[p.ix()].known(d) || !f.person(p).employed(f.date(d));
    ends && (h.day(month.first)..0).all(known)
}

fn price(f: &Facts<'_>, ledger: &PersonLedger, p: PersonIx, out: &mut Findings) {
    let Some(row) = f.case.rules.setting(RuleKind::WeightOvertime, &f.of_person(p)) else { return };
    let minutes: i64 = ledger.days.iter().map(|d| d.overtime()).sum();
    let (id, has) = (&f.person(p).id, duration(minutes));
    let [a, b, c] =
        ledger.days.iter().map(|d| d.classes()).fold([0; 3], |x, y| [x[0] + y[0], x[1] + y[1], x[2] + y[2]]);
    let [a, b, c] = [a, b, c].map(duration);
    let comp: i64 = ledger.days.iter().map(|d| d.comp).sum();
    let mut what = Text::new(
        format!("{id} has {has} of overtime (150 %: {a}, 200 %: {b}, 300 %: {c}"),
        format!("{id} 加班 {has}（150%：{a}，200%：{b}，300%：{c}"),
    );
    if comp > 0 {
        what.en.push_str(&format!(", answered by days off: {}", duration(comp)));
        what.zh.push_str(&format!("，已补休：{}", duration(comp)));
    }
    what.en.push(')');
    what.zh.push('）');
    out.price(row, Place::days(f, p, 0, f.days() - 1), minutes, what);
}

fn no_overtime(f: &Facts<'_>, ledger: &PersonLedger, p: PersonIx, out: &mut Findings) {
    if !f.person(p).tags.iter().any(|t| t.word == "no_overtime") {
        return;
    }
    for (d, pay) in ledger.days.iter().enumerate() {
        let date = f.date(d as i64);
        let minutes = pay.overtime() + pay.comp;
        if f.person(p).has_tag("no_overtime", date) {
            let (id, has) = (&f.person(p).id, duration(minutes));
            let what = Text::new(
                format!("{id} may not work overtime but has {has} on {date}"),
                format!("{id} 不得加班，却在 {date} 加班 {has}"),
            );
            out.broken(
                Fact::NoOvertime,
                Place::day(f, p, d as i64),
                minutes,
                what,
                Some(&f.person(p).origin),
            );
        }
    }
}
