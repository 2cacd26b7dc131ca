use super::one;
use crate::base::index::ShiftIx;
use crate::check::testing::{amounts, of};
use crate::model::{LeaveStatus, Want};

#[test]
fn a_request_not_met_costs_its_own_weight_times_the_weight_of_requests() {
    let b = one().price("weight_request", "", 60).request("A", "2026-01-05", Want::Off, 3);
    assert_eq!(b.score(&[".............."]).objective(), 0);
    let score = b.score(&["E............."]);
    let m = of(&score, "weight_request")[0];
    assert_eq!((m.weight, m.amount, m.penalty, m.when.as_str()), (60, 3, 180, "2026-01-05"));
    assert!(m.why.en.contains("requests.csv:2") && m.why.en.contains("rules.csv:2"));
}

#[test]
fn every_kind_of_wish_is_met_by_what_it_says() {
    let not = |w| Want::Not(Box::new(w));
    let (e, late) = (Want::Shift(ShiftIx(0)), Want::Band("late".into()));
    for (want, good, bad) in [
        (e.clone(), "E", "L."),
        (late.clone(), "L", "E."),
        (Want::Off, ".", "EL"),
        (Want::Work, "ELN", "."),
        (not(e), "L.", "E"),
        (not(late), "E.", "L"),
        (not(Want::Off), "EL", "."),
        (not(Want::Work), ".", "EL"),
    ] {
        let b = one().price("weight_request", "", 1).request("A", "2026-01-18", want.clone(), 1);
        let met = |letter: char| b.score(&[&format!(".............{letter}")]).objective() == 0;
        assert!(good.chars().all(met), "{want:?}");
        assert!(!bad.chars().any(met), "{want:?}");
    }
}

#[test]
fn pending_leave_asks_for_each_of_its_days_off() {
    let b = one().price("weight_request", "", 5).leave("A", "2026-01-03", "2026-01-06", LeaveStatus::Pending);
    assert_eq!(amounts(&b.score(&["EE............"]), "weight_request"), [1, 1]);
    assert_eq!(b.score(&["E............."]).objective(), 5);
}

#[test]
fn refused_leave_asks_for_nothing() {
    let b = one().price("weight_request", "", 5).leave("A", "2026-01-05", "2026-01-06", LeaveStatus::Refused);
    assert_eq!(b.score(&["EE............"]).objective(), 0);
}

#[test]
fn requests_on_leave_outside_employment_and_outside_the_horizon_are_not_judged() {
    let b = one()
        .employed(None, Some("2026-01-17"))
        .price("weight_request", "", 5)
        .leave("A", "2026-01-05", "2026-01-05", LeaveStatus::Approved)
        .request("A", "2026-01-05", Want::Work, 1)
        .request("A", "2026-01-18", Want::Work, 1)
        .request("A", "2026-01-19", Want::Work, 1);
    assert!(amounts(&b.score(&["v............-"]), "weight_request").is_empty());
}

#[test]
fn without_a_weight_requests_cost_nothing() {
    assert!(one().request("A", "2026-01-05", Want::Off, 3).score(&["E............."]).objective() == 0);
}

#[test]
fn each_day_changed_against_the_published_rota_counts_once() {
    let b = one().price("weight_stability", "", 8).published("A", "EL.E").leave(
        "A",
        "2026-01-08",
        "2026-01-08",
        LeaveStatus::Approved,
    );
    assert_eq!(b.score(&["EL.v.........."]).objective(), 8);
    let score = b.score(&["LE.v.........."]);
    assert_eq!(amounts(&score, "weight_stability"), [1, 1, 1]);
    assert!(of(&score, "weight_stability")[0].why.en.contains("published.csv:2"));
}

#[test]
fn published_leave_of_any_kind_is_the_same_and_unknown_codes_are_not() {
    let b = one().price("weight_stability", "", 1).published("A", "vX-").leave(
        "A",
        "2026-01-05",
        "2026-01-05",
        LeaveStatus::Approved,
    );
    let score = b.score(&["vE............"]);
    assert_eq!(
        of(&score, "weight_stability").iter().map(|m| m.when.as_str()).collect::<Vec<_>>(),
        ["2026-01-06", "2026-01-07"]
    );
}
