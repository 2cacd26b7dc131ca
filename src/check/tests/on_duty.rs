use super::shifts;
use crate::check::testing::{CaseBuilder, amounts, of};
use crate::rules::ChannelKind;

fn three() -> CaseBuilder {
    shifts(3)
        .person("A")
        .tag("senior")
        .person("B")
        .dated_tag("senior", "2026-01-06", "2026-01-06")
        .person("C")
}

#[test]
fn too_few_people_are_counted_by_day() {
    let b = three().hard("min_on_duty", "", "2");
    assert!(amounts(&b.score(&["E.E", "LEE", ".L."]), "min_on_duty").is_empty());
    let score = b.score(&["...", "LEE", ".L."]);
    assert_eq!(amounts(&score, "min_on_duty"), [1, 1]);
    assert_eq!(of(&score, "min_on_duty")[1].when, "2026-01-07");
}

#[test]
fn too_many_people_are_counted_by_day() {
    let b = three().soft("max_on_duty", "band:early", "1", 10);
    let score = b.score(&["EE.", "EE.", "EL."]);
    assert_eq!((amounts(&score, "max_on_duty"), score.objective()), (vec![2, 1], 30));
}

#[test]
fn a_tag_counts_on_its_dates_only() {
    let b = three().hard("min_on_duty", "tag:senior&shift:E", "2");
    assert_eq!(amounts(&b.score(&["EEE", "EEE", "EEE"]), "min_on_duty"), [1, 1]);
}

#[test]
fn terms_about_days_choose_the_days() {
    let b = three().statutory("2026-01-07").hard("min_on_duty", "weekday:0", "1").hard(
        "min_on_duty",
        "date:2026-01-06&shift:L",
        "1",
    );
    let b = b.hard("min_on_duty", "day:statutory", "2");
    let score = b.score(&["...", "...", "..."]);
    let found: Vec<_> = of(&score, "min_on_duty").iter().map(|m| (m.when.as_str(), m.amount)).collect();
    assert_eq!(found, [("2026-01-05", 1), ("2026-01-06", 1), ("2026-01-07", 2)]);
}

#[test]
fn a_channel_in_the_scope_means_people_with_that_skill() {
    let b = CaseBuilder::new("2026-01-05", 1)
        .channel("chat", ChannelKind::Chat)
        .shift("E", "early", "08:00-16:00")
        .person("A")
        .person("B")
        .skills(&["voice", "chat"]);
    let b = b.hard("min_on_duty", "channel:chat", "1").hard("min_on_duty", "kind:voice", "2");
    assert!(amounts(&b.score(&["E", "E"]), "min_on_duty").is_empty());
    assert_eq!(amounts(&b.score(&["E", "."]), "min_on_duty"), [1, 1]);
}

#[test]
fn all_rows_apply_even_when_one_is_more_special() {
    let b = three().hard("min_on_duty", "", "3").hard("min_on_duty", "weekday:0", "1");
    assert_eq!(amounts(&b.score(&["...", "EEE", "EEE"]), "min_on_duty"), [1, 1, 1]);
}
