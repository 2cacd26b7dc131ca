//! Commands that read: new, check, staff.

use super::support::Desk;

#[test]
fn a_new_case_is_complete_and_is_not_written_over() {
    let desk = Desk::new();
    let made = desk.run("new box --template three-shift");
    assert_eq!(made.code, 0, "{}", made.err);
    let checked = desk.run("check box");
    assert_eq!(checked.code, 0, "{}{}", checked.out, checked.err);
    desk.put("box/staff.csv", "mine");
    assert_eq!(desk.run("new box --template three-shift").code, 2);
    assert_eq!(desk.text("box/staff.csv"), "mine");
}

#[test]
fn check_says_what_was_read_and_which_legal_limits_are_missing() {
    let desk = Desk::new();
    let ended = desk.run("check case");
    assert_eq!(ended.code, 0, "{}", ended.err);
    assert!(ended.out.contains("people     3") && ended.out.contains("intervals  21"), "{}", ended.out);
    assert!(ended.out.contains("overtime_cap_month"), "{}", ended.out);
    let json: serde_json::Value =
        serde_json::from_str(&desk.run("check case --format json").out).expect("JSON");
    assert_eq!(
        (json["people"].as_i64(), json["days"].as_i64(), json["exit"].as_i64()),
        (Some(3), Some(7), Some(0))
    );
    assert!(json["legal_gaps"].as_array().is_some_and(|gaps| !gaps.is_empty()));
}

#[test]
fn broken_inputs_end_with_2_and_name_file_and_line() {
    let desk = Desk::new();
    desk.replace("case/demand.csv", "2026-11-02,08:00", "2026-11-99,08:00");
    for command in ["check case", "staff case", "solve case -o out"] {
        let ended = desk.run(command);
        assert_eq!(ended.code, 2, "{command}");
        assert!(ended.err.contains("demand.csv:2") || ended.err.contains("demand.csv"), "{}", ended.err);
        assert!(ended.out.is_empty(), "{command}: {}", ended.out);
    }
    assert_eq!(desk.names("."), ["case"]);
    let json: serde_json::Value =
        serde_json::from_str(&desk.run("check case --format json").out).expect("JSON");
    assert_eq!(json["diagnostics"][0]["line"].as_i64(), Some(2));
}

#[test]
fn a_missing_case_is_an_input_error() {
    let desk = Desk::new();
    for command in ["check nowhere", "solve nowhere -o out", "staff nowhere", "check case nowhere"] {
        assert_eq!(desk.run(command).code, 2, "{command}");
    }
    assert_eq!(desk.names("."), ["case"]);
}

#[test]
fn staff_writes_a_file_that_can_be_the_demand() {
    let desk = Desk::new();
    let shown = desk.run("staff case").out;
    assert!(shown.starts_with("date,start,end,channel,agents,under_weight,over_weight"), "{shown}");
    assert_eq!(desk.run("staff case -o need.csv").code, 0);
    assert_eq!(desk.run("staff case -o need.csv").code, 2, "a file that is there is not written over");
    assert_eq!(desk.run("staff case -o need.csv --force --lang zh").code, 0);
    std::fs::copy(desk.path("need.csv"), desk.path("case/demand.csv")).expect("copied");
    let again = desk.run("staff case");
    assert_eq!((again.code, again.out), (0, shown));
}

#[cfg(target_os = "linux")]
#[test]
fn a_device_is_written_to_and_a_full_one_is_no_success() {
    let desk = Desk::new();
    let shown = desk.run("staff case").out;
    assert_eq!(desk.run("staff case -o /dev/stdout").out, format!("\u{feff}{shown}"));
    let full = desk.run("staff case -o /dev/full");
    assert!(full.code == 2 && full.err.contains("P901"), "{}", full.err);
    assert!(!std::path::Path::new("/dev/full").is_file(), "the device is still one");
}

#[test]
fn who_could_not_work_at_all_is_named_with_the_rows_that_do_it() {
    let desk = Desk::new();
    desk.put(
        "case/staff.csv",
        "id,name,team,skills,band,tags\n007,张伟,A,voice,early,no_night\nE2,李娜,A,voice,,\n",
    );
    desk.put("case/shifts.csv", "code,band,times\nE,early,08:00-16:00\nL,late,14:00-23:00\n");
    desk.put(
        "case/rules.csv",
        "rule,scope,value,strength,weight\nrotation,,month,hard,\nrotation_order,,early>late,hard,\n\
         overtime_cap_month,,36,hard,\nno_leave,date:2026-11-04,yes,hard,\n",
    );
    desk.put("case/requests.csv", "id,date,want\n");
    desk.put("case/leave.csv", "id,from,to,kind,status\nE2,2026-11-03,2026-11-04,annual,approved\n");
    desk.put(
        "case/approvals.csv",
        "id,from,to,overtime_hours,approved_by\nE2,2026-11-01,2026-11-30,40,王经理\n",
    );
    let checked = desk.run("check case");
    assert_eq!(checked.code, 0, "{}", checked.err);
    for words in ["007: rules.csv:3 rotation_order", "(tag no_night)", "together they leave no day of work"] {
        assert!(checked.out.contains(words), "{words}: {}", checked.out);
    }
    let flat = checked.out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(flat.contains(
        "approvals.csv:2: 40:00 of overtime approved for E2, but the cap of the month stays 36:00"
    ));
    assert!(flat.contains("Labour Law art. 41"), "{flat}");
    assert!(
        flat.contains("leave.csv:2: leave of E2 on 2026-11-04 is approved though no_leave holds that day")
    );
    let as_json = desk.run("check case --format json");
    assert!(as_json.out.contains("\"idle\"") && as_json.out.contains("rotation_order"));
    let chinese = desk.run("check case --lang zh");
    assert!(chinese.out.contains("一天班都排不上") && chinese.out.contains("停批假期"), "{}", chinese.out);
}

#[test]
fn a_misspelt_relief_is_told_what_it_may_be() {
    let desk = Desk::new();
    desk.put("case/rules.csv", "rule,scope,value\nrotation,,week\nrotation_order,,early>late>relef\n");
    let checked = desk.run("check case");
    assert_eq!(checked.code, 2);
    assert!(
        checked.err.contains("no shift has the band \"relef\"") && checked.err.contains("relief"),
        "{}",
        checked.err
    );
}
