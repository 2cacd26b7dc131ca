use crate::check::testing::{CaseBuilder, amounts, of};
use crate::model::{DayPlan, Duty, Handover, HandoverKind as Kind, Requirement};
use crate::rules::ChannelKind;

/// An early shift until 16:00, one that overlaps it, one that follows at once, and one later.
fn house() -> CaseBuilder {
    CaseBuilder::new("2026-01-05", 2)
        .channel("chat", ChannelKind::Chat)
        .shift("E", "early", "08:00-16:00")
        .shift("M", "mid", "12:00-20:00")
        .shift("F", "late", "16:00-24:00")
        .shift("V", "late", "18:00-24:00")
        .people(&["A", "B", "C"])
}

/// Amounts and English sentences of `handover` that speak of A's end of day 0.
fn judge(b: &CaseBuilder, rows: &[&str], duties: Vec<Duty>, handovers: Vec<Handover>) -> Vec<String> {
    let score = b.score_with(rows, &Requirement::default(), &DayPlan { duties, handovers });
    assert!(amounts(&score, "handover").iter().all(|&n| n > 0));
    of(&score, "handover").iter().filter(|m| m.who == "A").map(|m| m.why.en.clone()).collect()
}

fn leaver(b: &CaseBuilder, id: &str) -> Vec<Duty> {
    vec![b.duty(id, 0, "08:00-15:45", "voice"), b.duty(id, 0, "15:45-16:00", "handover")]
}

/// B at work from 12:00, taking over or not.
fn stays(b: &CaseBuilder, id: &str, takes: bool) -> Vec<Duty> {
    let then = if takes { "handover" } else { "voice" };
    vec![
        b.duty(id, 0, "12:00-15:45", "voice"),
        b.duty(id, 0, "15:45-16:00", then),
        b.duty(id, 0, "16:00-19:45", "voice"),
        b.duty(id, 0, "19:45-20:00", "handover"),
    ]
}

#[test]
fn work_passes_to_somebody_who_stays() {
    let b = house();
    let duties = [leaver(&b, "A"), stays(&b, "B", true)].concat();
    let ho = b.handover("A", 0, "15:45-16:00", Kind::Overlap, Some("B"));
    assert!(judge(&b, &["E.", "M.", ".."], duties, vec![ho]).is_empty());
}

#[test]
fn a_receiver_who_stays_on_the_queue_does_not_take_over() {
    let b = house();
    let duties = [leaver(&b, "A"), stays(&b, "B", false)].concat();
    let ho = b.handover("A", 0, "15:45-16:00", Kind::Overlap, Some("B"));
    assert!(judge(&b, &["E.", "M.", ".."], duties, vec![ho])[0].contains("does not take over"));
}

#[test]
fn an_end_of_a_segment_without_a_handover_is_rejected() {
    let b = house();
    let found = judge(&b, &["E.", "..", ".."], leaver(&b, "A"), Vec::new());
    assert!(found[0].contains("0 handovers at 15:45-16:00"));
}

#[test]
fn two_handovers_of_one_end_are_rejected() {
    let b = house();
    let ho = || b.handover("A", 0, "15:45-16:00", Kind::Message, None);
    let found = judge(&b, &["E.", "..", ".."], leaver(&b, "A"), vec![ho(), ho()]);
    assert!(found[0].contains("2 handovers"));
}

#[test]
fn a_handover_where_no_segment_ends_is_rejected() {
    let b = house();
    let good = b.handover("A", 0, "15:45-16:00", Kind::Message, None);
    let stray = b.handover("A", 0, "11:45-12:00", Kind::Message, None);
    assert!(
        judge(&b, &["E.", "..", ".."], leaver(&b, "A"), vec![good, stray])[0].contains("no segment ends")
    );
}

#[test]
fn a_handover_of_other_minutes_is_rejected() {
    let b = house();
    let ho = b.handover("A", 0, "15:50-16:00", Kind::Message, None);
    assert!(judge(&b, &["E.", "..", ".."], leaver(&b, "A"), vec![ho])[0].contains("the slot is 15:45-16:00"));
}

#[test]
fn the_outgoing_person_is_off_the_queue() {
    let b = house();
    let ho = b.handover("A", 0, "15:45-16:00", Kind::Message, None);
    let found = judge(&b, &["E.", "..", ".."], vec![b.duty("A", 0, "08:00-16:00", "voice")], vec![ho]);
    assert!(found[0].contains("not on handover"));
}

#[test]
fn the_channel_is_the_one_last_served() {
    let b = CaseBuilder::new("2026-01-05", 1)
        .channel("chat", ChannelKind::Chat)
        .shift("E", "early", "08:00-16:00")
        .person("A")
        .skills(&["voice", "chat"]);
    let duties = vec![
        b.duty("A", 0, "08:00-12:00", "voice"),
        b.duty("A", 0, "12:00-15:45", "chat"),
        b.duty("A", 0, "15:45-16:00", "handover"),
    ];
    let ho = b.handover("A", 0, "15:45-16:00", Kind::None, None);
    assert!(judge(&b, &["E"], duties, vec![ho])[0].contains("not the channel last served"));
}

#[test]
fn a_message_although_somebody_stays_is_rejected() {
    let b = house();
    let duties = [leaver(&b, "A"), stays(&b, "B", false)].concat();
    let ho = b.handover("A", 0, "15:45-16:00", Kind::Message, None);
    assert!(judge(&b, &["E.", "M.", ".."], duties, vec![ho])[0].contains("is message, should be overlap"));
}

#[test]
fn a_receiver_without_the_skill_is_rejected() {
    let b = house().person("D").skills(&["chat"]);
    let ho = b.handover("A", 0, "15:45-16:00", Kind::Message, Some("D"));
    let found = judge(&b, &["E.", "..", "..", "V."], leaver(&b, "A"), vec![ho]);
    assert!(found[0].contains("receiver D of 15:45-16:00 cannot serve voice"));
}

#[test]
fn a_message_goes_to_the_next_to_open_who_reads_it_first() {
    let b = house();
    let reader = |first: &str| {
        vec![
            b.duty("B", 0, "18:00-18:15", first),
            b.duty("B", 0, "18:15-23:45", "voice"),
            b.duty("B", 0, "23:45-24:00", "handover"),
        ]
    };
    let to = |id| vec![b.handover("A", 0, "15:45-16:00", Kind::Message, id)];
    let plan = |first| [leaver(&b, "A"), reader(first)].concat();
    let rows = ["E.", "V.", ".E"];
    assert!(judge(&b, &rows, plan("handover"), to(Some("B"))).is_empty());
    assert!(judge(&b, &rows, plan("voice"), to(Some("B")))[0].contains("does not read"));
    assert!(judge(&b, &rows, plan("handover"), to(Some("C")))[0].contains("the next to open is B"));
    assert!(judge(&b, &rows, plan("handover"), to(None))[0].contains("the next to open is B"));
}

#[test]
fn with_nobody_known_to_follow_a_message_has_no_receiver() {
    let b = house();
    let ho = |kind| vec![b.handover("A", 0, "15:45-16:00", kind, None)];
    assert!(judge(&b, &["E.", "..", ".."], leaver(&b, "A"), ho(Kind::Message)).is_empty());
    assert!(
        judge(&b, &["E.", "..", ".."], leaver(&b, "A"), ho(Kind::None))[0]
            .contains("is none, should be message")
    );
}

#[test]
fn without_anybody_else_who_serves_the_channel_there_is_none() {
    let b = CaseBuilder::new("2026-01-05", 1).shift("E", "early", "08:00-16:00").person("A");
    let ho = |kind| vec![b.handover("A", 0, "15:45-16:00", kind, None)];
    assert!(judge(&b, &["E"], leaver(&b, "A"), ho(Kind::None)).is_empty());
    assert!(judge(&b, &["E"], leaver(&b, "A"), ho(Kind::Message))[0].contains("should be none"));
}

#[test]
fn who_starts_then_and_comes_early_takes_over_and_nobody_else_is_off_the_queue() {
    let b = house().hard("handover_minutes", "", "15");
    let arrives = vec![
        b.duty("C", 0, "15:45-16:00", "handover"),
        b.duty("C", 0, "16:00-23:45", "voice"),
        b.duty("C", 0, "23:45-24:00", "handover"),
    ];
    let plan = |takes| [leaver(&b, "A"), stays(&b, "B", takes), arrives.clone()].concat();
    let rows = ["E.", "M.", "F."];
    let early = || vec![b.handover("A", 0, "15:45-16:00", Kind::EarlyArrival, Some("C"))];
    assert!(judge(&b, &rows, plan(false), early()).is_empty());
    let overlap = vec![b.handover("A", 0, "15:45-16:00", Kind::Overlap, Some("B"))];
    assert!(judge(&b, &rows, plan(true), overlap)[0].contains("is overlap, should be early_arrival"));
    let wrong = vec![b.handover("A", 0, "15:45-16:00", Kind::EarlyArrival, Some("B"))];
    assert!(judge(&b, &rows, plan(false), wrong)[0].contains("does not come early"));
}

#[test]
fn receivers_are_distinct_as_far_as_they_reach() {
    let b = house().person("D");
    let both = |to: [&str; 2]| {
        vec![
            b.handover("B", 0, "15:45-16:00", Kind::Overlap, Some(to[0])),
            b.handover("C", 0, "15:45-16:00", Kind::Overlap, Some(to[1])),
        ]
    };
    let plan = |d| [leaver(&b, "B"), leaver(&b, "C"), stays(&b, "A", true), stays(&b, "D", d)].concat();
    let rows = ["M.", "E.", "E.", "M."];
    let spread = judge(&b, &rows, plan(true), both(["A", "D"]));
    assert!(spread.iter().all(|s| !s.contains("takes over")), "{spread:?}");
    let doubled = judge(&b, &rows, plan(false), both(["A", "A"]));
    assert!(doubled.iter().any(|s| s.contains("takes over 2 times at once while D")), "{doubled:?}");
}

#[test]
fn one_receiver_may_serve_two_when_nobody_else_is_there() {
    let b = house();
    let both = vec![
        b.handover("B", 0, "15:45-16:00", Kind::Overlap, Some("A")),
        b.handover("C", 0, "15:45-16:00", Kind::Overlap, Some("A")),
    ];
    let plan = [leaver(&b, "B"), leaver(&b, "C"), stays(&b, "A", true)].concat();
    let found = judge(&b, &["M.", "E.", "E."], plan, both);
    assert!(found.iter().all(|s| s.contains("19:45-20:00")), "{found:?}");
}

#[test]
fn handover_minutes_without_a_handover_are_rejected() {
    let b = house();
    let duties = vec![
        b.duty("A", 0, "08:00-10:00", "voice"),
        b.duty("A", 0, "10:00-10:15", "handover"),
        b.duty("A", 0, "10:15-15:45", "voice"),
        b.duty("A", 0, "15:45-16:00", "handover"),
    ];
    let ho = b.handover("A", 0, "15:45-16:00", Kind::Message, None);
    assert!(
        judge(&b, &["E.", "..", ".."], duties, vec![ho])[0]
            .contains("on handover in 10:00-10:15 without one")
    );
}

#[test]
fn each_segment_of_a_split_shift_is_handed_over() {
    let b = CaseBuilder::new("2026-01-05", 1).shift("S", "late", "10:00-14:00+17:30-23:00").person("A");
    let duties = vec![
        b.duty("A", 0, "10:00-13:45", "voice"),
        b.duty("A", 0, "13:45-14:00", "handover"),
        b.duty("A", 0, "17:30-22:45", "voice"),
        b.duty("A", 0, "22:45-23:00", "handover"),
    ];
    let first = b.handover("A", 0, "13:45-14:00", Kind::None, None);
    let second = b.handover("A", 0, "22:45-23:00", Kind::None, None);
    assert!(judge(&b, &["S"], duties.clone(), vec![first.clone(), second]).is_empty());
    assert_eq!(judge(&b, &["S"], duties, vec![first]).len(), 1);
}

#[test]
fn a_night_shift_hands_over_to_the_next_day() {
    let b = CaseBuilder::new("2026-01-05", 2)
        .shift("N", "night", "22:00-30:00")
        .shift("E", "early", "06:00-14:00")
        .people(&["A", "B"]);
    let b = b.hard("handover_minutes", "", "15");
    let duties = vec![
        b.duty("A", 0, "21:45-22:00", "handover"),
        b.duty("A", 0, "22:00-29:45", "voice"),
        b.duty("A", 0, "29:45-30:00", "handover"),
        b.duty("B", 1, "05:45-06:00", "handover"),
        b.duty("B", 1, "06:00-13:45", "voice"),
        b.duty("B", 1, "13:45-14:00", "handover"),
    ];
    let ho = b.handover("A", 0, "29:45-30:00", Kind::EarlyArrival, Some("B"));
    assert!(judge(&b, &["N.", ".E"], duties, vec![ho]).is_empty());
}
