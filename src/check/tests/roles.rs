//! What a handover must not be: every row of a table spoils a plan without fault in one way.

use crate::check::testing::{CaseBuilder, amounts, of};
use crate::model::{Activity, DayPlan, Duty, HandoverKind as Kind, Requirement};
use crate::rules::ChannelKind;

/// Early, mid and late shift; A to D serve voice, X chat alone.
fn house() -> CaseBuilder {
    CaseBuilder::new("2026-01-05", 2)
        .channel("chat", ChannelKind::Chat)
        .shift("E", "early", "08:00-16:00")
        .shift("M", "mid", "12:00-20:00")
        .shift("V", "late", "18:00-24:00")
        .people(&["A", "B", "C", "D"])
        .person("X")
        .skills(&["chat"])
}

const ROWS: [&str; 5] = ["E.", "ME", "ME", "V.", "M."];

fn stretches(b: &CaseBuilder, id: &str, day: usize, list: &[(&str, &str)]) -> Vec<Duty> {
    list.iter().map(|(time, what)| b.duty(id, day, time, what)).collect()
}

/// A leaves to B, B and C leave to D, D leaves a message that B reads the next morning; C opens then too.
fn plan(b: &CaseBuilder) -> DayPlan {
    let mid = |to_a: &'static str| {
        [
            ("12:00-15:45", "voice"),
            ("15:45-16:00", to_a),
            ("16:00-19:45", "voice"),
            ("19:45-20:00", "handover"),
        ]
    };
    let next =
        |first: &'static str| [("08:00-08:15", first), ("08:15-15:45", "voice"), ("15:45-16:00", "handover")];
    let duties = [
        stretches(b, "A", 0, &[("08:00-15:45", "voice"), ("15:45-16:00", "handover")]),
        stretches(b, "B", 0, &mid("handover")),
        stretches(b, "C", 0, &mid("voice")),
        stretches(
            b,
            "D",
            0,
            &[
                ("18:00-19:45", "voice"),
                ("19:45-20:00", "handover"),
                ("20:00-23:45", "voice"),
                ("23:45-24:00", "handover"),
            ],
        ),
        stretches(b, "X", 0, &[("12:00-19:45", "chat"), ("19:45-20:00", "handover")]),
        stretches(b, "B", 1, &next("handover")),
        stretches(b, "C", 1, &next("voice")),
    ];
    let mut alone = b.handover("X", 0, "19:45-20:00", Kind::None, None);
    alone.channel = crate::base::index::ChannelIx(1);
    let handovers = vec![
        b.handover("A", 0, "15:45-16:00", Kind::Overlap, Some("B")),
        b.handover("B", 0, "19:45-20:00", Kind::Overlap, Some("D")),
        b.handover("C", 0, "19:45-20:00", Kind::Overlap, Some("D")),
        b.handover("D", 0, "23:45-24:00", Kind::Message, Some("B")),
        alone,
        b.handover("B", 1, "15:45-16:00", Kind::Message, None),
        b.handover("C", 1, "15:45-16:00", Kind::Message, None),
    ];
    DayPlan { duties: duties.concat(), handovers }
}

/// English sentences of `handover`.
fn judge(b: &CaseBuilder, rows: &[&str], plan: &DayPlan) -> Vec<String> {
    let score = b.score_with(rows, &Requirement::default(), plan);
    assert!(amounts(&score, "handover").iter().all(|&n| n > 0));
    of(&score, "handover").iter().map(|m| m.why.en.clone()).collect()
}

/// Makes a stretch of a person's first day something else.
fn turn(b: &CaseBuilder, plan: &mut DayPlan, id: &str, time: &str, what: &str) {
    let new = b.duty(id, 0, time, what);
    let mut found = plan.duties.iter_mut().filter(|d| (d.person, d.day) == (new.person, 0));
    let old = found.find(|d| d.time == new.time).expect("a stretch with these times");
    old.activity = new.activity;
}

type Spoil = fn(&CaseBuilder, &mut DayPlan);

#[test]
fn every_way_to_spoil_a_plan_without_fault_is_rejected() {
    let b = house();
    let whole = plan(&b);
    assert_eq!(b.score_with(&ROWS, &Requirement::default(), &whole).matches, []);
    let table: [(&str, Spoil, &str); 14] = [
        ("no handover at an end", |_, p| drop(p.handovers.remove(0)), "0 handovers at 15:45-16:00"),
        (
            "a handover before the end",
            |_, p| p.handovers[0].time = p.handovers[0].time.shifted(-15),
            "where no segment ends",
        ),
        (
            "a receiver not at work",
            |b, p| p.handovers[0].to = b.handover("D", 0, "15:45-16:00", Kind::Overlap, Some("D")).to,
            "receiver D does not take over",
        ),
        (
            "a receiver on the queue",
            |b, p| turn(b, p, "B", "15:45-16:00", "voice"),
            "receiver B does not take over",
        ),
        (
            "a receiver at a meal",
            |b, p| turn(b, p, "B", "15:45-16:00", "meal"),
            "receiver B does not take over",
        ),
        (
            "a receiver in a meeting",
            |b, p| turn(b, p, "B", "15:45-16:00", "meeting"),
            "receiver B does not take over",
        ),
        (
            "a receiver without the skill",
            |b, p| p.handovers[0].to = b.handover("X", 0, "15:45-16:00", Kind::Overlap, Some("X")).to,
            "receiver X of 15:45-16:00 cannot serve voice",
        ),
        (
            "a receiver who leaves",
            |b, p| p.handovers[1].to = b.handover("C", 0, "19:45-20:00", Kind::Overlap, Some("C")).to,
            "receiver C does not take over in 19:45-20:00",
        ),
        (
            "somebody who stands by unnamed",
            |b, p| turn(b, p, "C", "15:45-16:00", "handover"),
            "C on 2026-01-05: on handover in 15:45-16:00 without one",
        ),
        (
            "another reader than the named one",
            |b, p| p.handovers[3].to = b.handover("C", 0, "23:45-24:00", Kind::Message, Some("C")).to,
            "receiver C does not read the message of 23:45-24:00",
        ),
        (
            "a reader who is not named",
            |b, p| p.handovers[3].to = b.handover("C", 0, "23:45-24:00", Kind::Message, Some("C")).to,
            "B on 2026-01-06: on handover in 08:00-08:15 without one",
        ),
        (
            "nobody for a message although somebody opens",
            |_, p| p.handovers[3].to = None,
            "goes to -, the next to open is B",
        ),
        (
            "a message although somebody stays",
            |_, p| (p.handovers[0].kind, p.handovers[0].to) = (Kind::Message, None),
            "is message, should be overlap",
        ),
        (
            "the outgoing person as the receiver",
            |b, p| p.handovers[0].to = b.handover("A", 0, "15:45-16:00", Kind::Overlap, Some("A")).to,
            "is receiver of the own handover",
        ),
    ];
    for (name, spoil, sentence) in table {
        let mut spoilt = whole.clone();
        spoil(&b, &mut spoilt);
        let found = judge(&b, &ROWS, &spoilt);
        assert!(found.iter().any(|s| s.contains(sentence)), "{name}: {found:#?}");
    }
}

/// Four leave at 16:00, A and B stay: each takes over from as many as `to` says.
fn four(to: [&str; 4]) -> Vec<String> {
    let b = CaseBuilder::new("2026-01-05", 1)
        .shift("E", "early", "08:00-16:00")
        .shift("M", "mid", "12:00-20:00")
        .people(&["A", "B", "P", "Q", "R", "S"]);
    let mut plan = DayPlan::default();
    for (id, to) in ["P", "Q", "R", "S"].iter().zip(to) {
        plan.duties.extend(stretches(&b, id, 0, &[("08:00-15:45", "voice"), ("15:45-16:00", "handover")]));
        plan.handovers.push(b.handover(id, 0, "15:45-16:00", Kind::Overlap, Some(to)));
    }
    for id in ["A", "B"] {
        let day = [
            ("12:00-15:45", "voice"),
            ("15:45-16:00", "handover"),
            ("16:00-19:45", "voice"),
            ("19:45-20:00", "handover"),
        ];
        plan.duties.extend(stretches(&b, id, 0, &day));
        plan.handovers.push(b.handover(id, 0, "19:45-20:00", Kind::Message, None));
    }
    judge(&b, &["M", "M", "E", "E", "E", "E"], &plan)
}

#[test]
fn nobody_takes_over_more_often_than_the_rounded_up_ratio() {
    assert!(four(["A", "B", "B", "A"]).is_empty());
    let found = four(["A", "A", "B", "A"]);
    assert!(found[0].contains("takes over 3 times at once while B takes over 1 time"), "{found:?}");
}

#[test]
fn early_arrivals_take_over_evenly() {
    let b = CaseBuilder::new("2026-01-05", 1)
        .shift("E", "early", "08:00-16:00")
        .shift("L", "late", "16:00-22:00")
        .people(&["A", "B", "P", "Q"])
        .hard("handover_minutes", "", "15");
    let judge = |to: [&str; 2]| {
        let mut plan = DayPlan::default();
        for (id, to) in ["P", "Q"].iter().zip(to) {
            let day = [("07:45-08:00", "handover"), ("08:00-15:45", "voice"), ("15:45-16:00", "handover")];
            plan.duties.extend(stretches(&b, id, 0, &day));
            plan.handovers.push(b.handover(id, 0, "15:45-16:00", Kind::EarlyArrival, Some(to)));
        }
        for id in ["A", "B"] {
            let day = [("15:45-16:00", "handover"), ("16:00-21:45", "voice"), ("21:45-22:00", "handover")];
            plan.duties.extend(stretches(&b, id, 0, &day));
            plan.handovers.push(b.handover(id, 0, "21:45-22:00", Kind::Message, None));
        }
        judge(&b, &["L", "L", "E", "E"], &plan)
    };
    assert!(judge(["A", "B"]).is_empty());
    assert!(judge(["A", "A"])[0].contains("takes over 2 times at once while B takes over nothing"));
}

#[test]
fn who_comes_early_for_a_later_segment_is_there() {
    let b = CaseBuilder::new("2026-01-05", 1)
        .shift("D", "day", "08:30-17:30")
        .shift("S", "late", "10:00-14:00+17:30-23:00")
        .people(&["A", "B"])
        .hard("handover_minutes", "", "15");
    let judge = |comes: bool| {
        let mut day = vec![
            ("09:45-10:00", "handover"),
            ("10:00-13:45", "voice"),
            ("13:45-14:00", "handover"),
            ("17:30-22:45", "voice"),
            ("22:45-23:00", "handover"),
        ];
        if comes {
            day.push(("17:15-17:30", "handover"));
        }
        let mine = [
            ("08:15-08:30", "handover"),
            ("08:30-13:45", "voice"),
            ("13:45-14:00", "handover"),
            ("14:00-17:15", "voice"),
            ("17:15-17:30", "handover"),
        ];
        let duties = [stretches(&b, "A", 0, &mine), stretches(&b, "B", 0, &day)].concat();
        let handovers = vec![
            b.handover("B", 0, "13:45-14:00", Kind::Overlap, Some("A")),
            b.handover("A", 0, "17:15-17:30", Kind::EarlyArrival, Some("B")),
            b.handover("B", 0, "22:45-23:00", Kind::Message, None),
        ];
        judge(&b, &["D", "S"], &DayPlan { duties, handovers })
    };
    assert!(judge(true).is_empty());
    assert!(judge(false)[0].contains("receiver B does not come early for 17:15-17:30"));
}

/// K leaves a chat message at 11:00, G leaves voice at 12:15; B and C, who serve both, open at 12:00.
fn at_noon(reader: &str, receiver: &str) -> Vec<String> {
    let b = CaseBuilder::new("2026-01-05", 1)
        .channel("chat", ChannelKind::Chat)
        .shift("K", "early", "06:00-11:00")
        .shift("G", "early", "08:00-12:15")
        .shift("M", "mid", "12:00-20:00")
        .person("K")
        .skills(&["chat"])
        .person("G")
        .person("B")
        .skills(&["voice", "chat"])
        .person("C")
        .skills(&["voice", "chat"]);
    let mut duties = [
        stretches(&b, "K", 0, &[("06:00-10:45", "chat"), ("10:45-11:00", "handover")]),
        stretches(&b, "G", 0, &[("08:00-12:00", "voice"), ("12:00-12:15", "handover")]),
    ]
    .concat();
    for id in ["B", "C"] {
        let busy = id == reader || id == receiver;
        let first = if busy { "handover" } else { "voice" };
        let day = [("12:00-12:15", first), ("12:15-19:45", "voice"), ("19:45-20:00", "handover")];
        duties.extend(stretches(&b, id, 0, &day));
    }
    let mut message = b.handover("K", 0, "10:45-11:00", Kind::Message, Some(reader));
    message.channel = crate::base::index::ChannelIx(1);
    let handovers = vec![
        message,
        b.handover("G", 0, "12:00-12:15", Kind::Overlap, Some(receiver)),
        b.handover("B", 0, "19:45-20:00", Kind::Message, None),
        b.handover("C", 0, "19:45-20:00", Kind::Message, None),
    ];
    judge(&b, &["K", "G", "M", "M"], &DayPlan { duties, handovers })
}

#[test]
fn nobody_reads_and_takes_over_at_once() {
    assert!(at_noon("B", "C").is_empty());
    assert!(at_noon("C", "C")[0].contains("takes over in two slots at once"));
}

#[test]
fn who_is_kept_from_a_meeting_takes_nothing_over() {
    let b = CaseBuilder::new("2026-01-05", 1)
        .shift("E", "early", "08:00-16:00")
        .shift("M", "mid", "12:00-20:00")
        .people(&["A", "B"])
        .meeting("2026-01-05", "15:30-16:30", "id:B", 1, false);
    let day = |then| {
        [
            stretches(&b, "A", 0, &[("08:00-15:45", "voice"), ("15:45-16:00", "handover")]),
            stretches(
                &b,
                "B",
                0,
                &[
                    ("12:00-15:45", "voice"),
                    ("15:45-16:00", then),
                    ("16:00-19:45", "voice"),
                    ("19:45-20:00", "handover"),
                ],
            ),
        ]
        .concat()
    };
    let last = b.handover("B", 0, "19:45-20:00", Kind::Message, None);
    let message = b.handover("A", 0, "15:45-16:00", Kind::Message, None);
    let plan = DayPlan { duties: day("voice"), handovers: vec![message, last.clone()] };
    assert!(judge(&b, &["E", "M"], &plan).is_empty());
    let overlap = b.handover("A", 0, "15:45-16:00", Kind::Overlap, Some("B"));
    let plan = DayPlan { duties: day("handover"), handovers: vec![overlap, last] };
    assert!(judge(&b, &["E", "M"], &plan)[0].contains("is overlap, should be message"));
}

/// A and B leave messages on the first evening; who opens on the second day, with what in the first minutes.
fn morning(openers: &[(&str, &str)], to: [&str; 2]) -> Vec<String> {
    let b = CaseBuilder::new("2026-01-05", 2).shift("E", "early", "08:00-16:00").people(&["A", "B", "C"]);
    let mut plan = DayPlan::default();
    for (id, to) in ["A", "B"].iter().zip(to) {
        plan.duties.extend(stretches(&b, id, 0, &[("08:00-15:45", "voice"), ("15:45-16:00", "handover")]));
        plan.handovers.push(b.handover(id, 0, "15:45-16:00", Kind::Message, Some(to)));
    }
    for (id, first) in openers {
        let day = [("08:00-08:15", *first), ("08:15-15:45", "voice"), ("15:45-16:00", "handover")];
        plan.duties.extend(stretches(&b, id, 1, &day));
        plan.handovers.push(b.handover(id, 1, "15:45-16:00", Kind::Message, None));
    }
    plan.duties.retain(|d| d.activity != Activity::Tail);
    let opens = |id: &str| if openers.iter().any(|o| o.0 == id) { 'E' } else { '.' };
    let rows = [format!("E{}", opens("A")), format!("E{}", opens("B")), format!(".{}", opens("C"))];
    judge(&b, &rows.each_ref().map(String::as_str), &plan)
}

#[test]
fn one_opener_reads_all_messages_of_a_channel_the_own_one_too() {
    assert!(morning(&[("C", "handover"), ("A", "voice")], ["C", "C"]).is_empty());
    assert!(morning(&[("A", "handover")], ["A", "A"]).is_empty());
    assert!(morning(&[("A", "handover"), ("B", "voice")], ["A", "A"]).is_empty());
    let both = morning(&[("A", "handover"), ("B", "handover")], ["B", "A"]);
    assert!(both[0].contains("not the only one to read"), "{both:?}");
    let own = morning(&[("A", "voice"), ("B", "handover")], ["A", "B"]);
    assert!(own.iter().any(|s| s.contains("receiver A does not read")), "{own:?}");
}
