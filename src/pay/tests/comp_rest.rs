//! Days off that answer worked rest days, by hand. June 2026 begins on a Monday; every day worked is 8 hours.

use super::cases::*;
use crate::model::{Case, DayCell, Rota};
use crate::pay::{PersonLedger, person_ledger};
use crate::rules::RuleKind;

/// `x` a day worked, anything else a day off.
fn line(case: &Case, days: &str) -> Rota {
    let cell = |c: char| if c == 'x' { DayCell::Work(S) } else { DayCell::Off };
    let cells: Vec<DayCell> = days.chars().filter(|c| *c != ' ').map(cell).collect();
    assert_eq!(cells.len(), case.horizon.days);
    Rota { horizon: case.horizon, cells: vec![cells] }
}

fn june(weeks: &str, days: &str) -> PersonLedger {
    let mut case = case("2026-06-01", "2026-06-28");
    rule(&mut case, RuleKind::OvertimeCapMonth, "36");
    rule(&mut case, RuleKind::CompRest, weeks);
    // 2026-06-19, the Dragon Boat festival, would lower a target: not here.
    case.calendar = crate::calendar::Calendar::empty();
    person_ledger(&case, &line(&case, days), P)
}

/// Hours at 200 %, answered, counted to the cap of June, and owed.
fn hours(ledger: &PersonLedger) -> [i64; 4] {
    let pay = &ledger.totals.pay;
    assert_eq!(pay.paid, pay.normal + pay.ot150 + pay.ot200 + pay.ot300);
    [pay.ot200, pay.comp, ledger.months[0].counted, ledger.comp.owed].map(|m| m / 60)
}

#[test]
fn a_sixth_day_is_answered_by_a_day_off_within_the_weeks_and_not_after() {
    let answered = "xxxxxx. xxxx... xxxxx.. xxxxx..";
    assert_eq!(hours(&june("1", answered)), [0, 8, 0, 0]);
    let later = "xxxxxx. xxxxx.. xxxx... xxxxx..";
    assert_eq!(hours(&june("1", later)), [8, 0, 8, 0]);
    assert_eq!(hours(&june("2", later)), [0, 8, 0, 0]);
    let latest = "xxxxxx. xxxxx.. xxxxx.. xxxx...";
    assert_eq!(hours(&june("2", latest)), [8, 0, 8, 0]);
    assert_eq!(hours(&june("3", latest)), [0, 8, 0, 0]);
}

#[test]
fn a_day_off_before_the_sixth_day_answers_nothing() {
    assert_eq!(hours(&june("4", "xxxx... xxxxxx. xxxxx.. xxxxx..")), [8, 0, 8, 8]);
}

#[test]
fn one_day_off_answers_one_day_the_oldest_first() {
    // With two weeks the first sixth day can be answered by the third week only, the second also by the fourth.
    assert_eq!(hours(&june("2", "xxxxxx. xxxxxx. xxxx... xxxx...")), [0, 16, 0, 0]);
    assert_eq!(hours(&june("2", "xxxxxx. xxxxxx. xxxx... xxxxx..")), [8, 8, 8, 0]);
    assert_eq!(hours(&june("3", "xxxxxx. xxxxxx. xxxx... xxxxx..")), [8, 8, 8, 8]);
    assert_eq!(hours(&june("4", "xxxxxx. xxxxxx. xxx.... xxxxx..")), [0, 16, 0, 0]);
}

#[test]
fn what_is_still_owed_can_be_answered_by_weeks_to_come() {
    assert_eq!(hours(&june("1", "xxxxx.. xxxxx.. xxxxxx. xxxxxx.")), [16, 0, 16, 8]);
    assert_eq!(hours(&june("2", "xxxxx.. xxxxx.. xxxxxx. xxxxxx.")), [16, 0, 16, 16]);
    assert_eq!(hours(&june("0", "xxxxx.. xxxxx.. xxxxxx. xxxxxx.")), [16, 0, 16, 0]);
}

#[test]
fn extension_of_a_day_and_statutory_days_are_not_answered() {
    let mut case = case("2026-06-01", "2026-06-14");
    rule(&mut case, RuleKind::HandoverMinutes, "60");
    rule(&mut case, RuleKind::CompRest, "4");
    let ledger = person_ledger(&case, &line(&case, "xxxxx.. x......"), P);
    assert_eq!((ledger.totals.pay.ot150, ledger.totals.pay.comp), (6 * 60, 0));
}

#[test]
fn leave_and_days_outside_employment_answer_nothing() {
    let mut case = case("2026-06-01", "2026-06-14");
    rule(&mut case, RuleKind::CompRest, "4");
    leave(&mut case, "2026-06-08", "2026-06-08", crate::model::LeaveStatus::Approved);
    // Leave lowers the target by its day.
    let works = |d: chrono::NaiveDate| {
        d < date("2026-06-07") || (date("2026-06-09")..date("2026-06-13")).contains(&d)
    };
    assert_eq!(person_ledger(&case, &rota(&case, works), P).totals.pay.comp, 0);
    case.leave.clear();
    assert_eq!(person_ledger(&case, &rota(&case, works), P).totals.pay.comp, 480);
    case.people[0].end_date = Some(date("2026-06-13"));
    assert_eq!(person_ledger(&case, &rota(&case, works), P).totals.pay.comp, 0);
}

#[test]
fn a_day_off_of_the_next_month_is_taken_but_leaves_the_month_before_as_it_was() {
    // The sixth day is Saturday 27 June; the answer is the week that ends on Sunday 5 July.
    let mut case = case("2026-06-22", "2026-07-12");
    rule(&mut case, RuleKind::OvertimeCapMonth, "36");
    rule(&mut case, RuleKind::CompRest, "4");
    let ledger = person_ledger(&case, &line(&case, "xxxxxx. xxxx... xxxxx.."), P);
    let counted: Vec<i64> = ledger.months.iter().map(|m| m.counted).collect();
    assert_eq!((counted, ledger.comp.taken, ledger.comp.owed), (vec![480, 0], 480, 0));
    // The same with June in the history.
    case.horizon = crate::calendar::Horizon::between(date("2026-07-06"), date("2026-07-12")).unwrap();
    let week = [480, 480, 480, 480, 480, 480, 0, 480, 480, 480, 480, 480, 0, 0];
    let days: Vec<_> = (0..14).map(|n| date("2026-06-22") + chrono::Days::new(n)).zip(week).collect();
    past(&mut case, &days);
    let ledger = person_ledger(&case, &line(&case, "xxxx..."), P);
    assert_eq!((ledger.comp.taken, ledger.comp.owed), (480, 0));
}

#[test]
fn a_sixth_day_of_the_history_is_answered_in_its_month() {
    let mut case = case("2026-06-08", "2026-06-14");
    rule(&mut case, RuleKind::OvertimeCapMonth, "36");
    rule(&mut case, RuleKind::CompRest, "1");
    let days: Vec<_> =
        (1..=7).map(|d| (date(&format!("2026-06-0{d}")), if d < 7 { 480 } else { 0 })).collect();
    past(&mut case, &days);
    assert_eq!(person_ledger(&case, &line(&case, "xxxx..."), P).months[0].counted, 0);
    assert_eq!(person_ledger(&case, &line(&case, "xxxxx.."), P).months[0].counted, 480);
}
