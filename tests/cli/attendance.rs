//! export --to: the forms that attendance and HR systems publish, held against rota.csv.

use super::support::Desk;
use chrono::NaiveDate;
use paiban::io::write::{AttendanceSystem, CallOptions, ScheduleRow, calls};
use serde_json::Value;
use std::collections::BTreeMap;

/// A desk with a rota and the ids of another system.
fn desk() -> Desk {
    let desk = Desk::new();
    desk.solve("-o out --work-limit 2000");
    desk.put("people.csv", "工号,用户编号\n007,manager7\nE2,li.na\nE3,wang\n");
    desk.put("shifts.csv", "shift,class_id\nE,123\nL,456\n");
    desk
}

/// Shift code, or nothing for a day off, by person and date, as rota.csv has them.
fn rota(desk: &Desk) -> BTreeMap<(String, String), Option<String>> {
    let text = desk.text("out/rota.csv");
    let rows = text.lines().skip(1).map(|l| {
        let plain = l.replace("\"'=Li, Na\"", "Li");
        let cells: Vec<String> = plain.split(',').map(str::to_owned).collect();
        let shift = Some(cells[5].clone()).filter(|c| c == "E" || c == "L");
        ((cells[2].clone(), cells[0].clone()), shift)
    });
    rows.collect()
}

/// The calls of a file, and the rows of all of them below a key.
fn rows_of(desk: &Desk, file: &str, key: &str) -> (Vec<Value>, Vec<Value>) {
    let text = desk.text(file);
    let calls: Vec<Value> = text.lines().map(|l| serde_json::from_str(l).expect("a call a line")).collect();
    let rows = calls
        .iter()
        .flat_map(|c| if key.is_empty() { c } else { &c[key] }.as_array().cloned().expect("rows"));
    let rows = rows.collect();
    (calls, rows)
}

/// The keys of an object, sorted.
fn keys(value: &Value) -> Vec<&str> {
    let mut keys: Vec<&str> = value.as_object().expect("an object").keys().map(String::as_str).collect();
    keys.sort_unstable();
    keys
}

const USERS: [(&str, &str); 3] = [("manager7", "007"), ("li.na", "E2"), ("wang", "E3")];

fn ours(user: &Value) -> String {
    USERS.iter().find(|(u, _)| user == u).map(|(_, id)| (*id).to_owned()).expect("a user of the map")
}

const MAPS: &str = "--people people.csv --shifts shifts.csv";

#[test]
fn dingtalk_rows_say_every_day_once() {
    let (desk, want) = {
        let d = desk();
        let r = rota(&d);
        (d, r)
    };
    let ended = desk.run(&format!("export out --to dingtalk-cli {MAPS} -o ding.json"));
    assert_eq!(ended.code, 0, "{}", ended.err);
    assert!(ended.err.contains("1 days of leave are sent as rest days"), "{}", ended.err);
    let (_, rows) = rows_of(&desk, "ding.json", "");
    assert_eq!(rows.len(), want.len());
    for row in &rows {
        assert_eq!(keys(row), ["classId", "isRest", "userId", "workDate"]);
        let place = (ours(&row["userId"]), row["workDate"].as_str().expect("a date").to_owned());
        let class = match want[&place].as_deref() {
            Some("E") => (123, "N"),
            Some(_) => (456, "N"),
            None => (0, "Y"),
        };
        assert_eq!(
            (row["classId"].as_i64(), row["isRest"].as_str()),
            (Some(class.0), Some(class.1)),
            "{place:?}"
        );
    }
    let ended =
        desk.run(&format!("export out --to dingtalk-api {MAPS} --group 77 --operator boss -o api.json"));
    assert_eq!(ended.code, 0, "{}", ended.err);
    let (calls, rows) = rows_of(&desk, "api.json", "schedules");
    assert_eq!(keys(&calls[0]), ["group_id", "op_user_id", "schedules"]);
    for row in &rows {
        assert_eq!(keys(row), ["is_rest", "shift_id", "userid", "work_date"]);
        // Midnight in China, in milliseconds.
        let seconds = row["work_date"].as_i64().expect("a number") / 1000 + 8 * 3600;
        assert_eq!(seconds % 86_400, 0);
        let date = chrono::DateTime::from_timestamp(seconds, 0).expect("a time").date_naive().to_string();
        let rest = want[&(ours(&row["userid"]), date)].is_none();
        assert_eq!(row["is_rest"].as_bool(), Some(rest));
        assert_eq!(row["shift_id"].as_i64() == Some(1), rest);
    }
}

#[test]
fn wecom_and_feishu_name_month_and_day() {
    let (desk, want) = {
        let d = desk();
        let r = rota(&d);
        (d, r)
    };
    assert_eq!(desk.run(&format!("export out --to wecom {MAPS} --group 226 -o w.json")).code, 0);
    let (calls, items) = rows_of(&desk, "w.json", "items");
    assert_eq!((calls.len(), keys(&calls[0])), (1, vec!["groupid", "items", "yearmonth"]));
    assert_eq!((calls[0]["groupid"].as_i64(), calls[0]["yearmonth"].as_i64()), (Some(226), Some(202_611)));
    assert_eq!(items.len(), want.len());
    for item in &items {
        assert_eq!(keys(item), ["day", "schedule_id", "userid"]);
        let date = format!("2026-11-{:02}", item["day"].as_i64().expect("a day"));
        let rest = want[&(ours(&item["userid"]), date)].is_none();
        assert_eq!(item["schedule_id"].as_i64() == Some(0), rest);
    }
    let ended = desk.run(&format!("export out --to feishu {MAPS} --group g1 --operator ou_1 -o f.json"));
    assert_eq!(ended.code, 0, "{}", ended.err);
    let (calls, rows) = rows_of(&desk, "f.json", "user_daily_shifts");
    assert_eq!(keys(&calls[0]), ["operator_id", "user_daily_shifts"]);
    for row in &rows {
        assert_eq!(keys(row), ["day_no", "group_id", "month", "shift_id", "user_id"]);
        assert_eq!((row["month"].as_i64(), row["group_id"].as_str()), (Some(202_611), Some("g1")));
        assert!(["0", "123", "456"].contains(&row["shift_id"].as_str().expect("a text")));
    }
}

#[test]
fn calls_keep_the_limits_of_the_systems() {
    let first = NaiveDate::from_ymd_opt(2026, 10, 20).expect("a date");
    let row = |i: u64| ScheduleRow {
        user: format!("u{}", i / 41),
        date: first + chrono::Days::new(i % 41),
        shift: (!i.is_multiple_of(3)).then(|| "9".to_owned()),
    };
    let rows: Vec<ScheduleRow> = (0..451).map(row).collect();
    let sizes = |system, key: &str| -> Vec<usize> {
        let calls = calls(system, &rows, &CallOptions::default());
        calls.iter().map(|c| c[key].as_array().map_or(0, Vec::len)).collect()
    };
    assert_eq!(sizes(AttendanceSystem::DingTalkApi, "schedules"), [200, 200, 51]);
    let feishu = sizes(AttendanceSystem::Feishu, "user_daily_shifts");
    assert!(feishu.iter().all(|n| *n <= 50) && feishu.iter().sum::<usize>() == 451);
    // Eleven people, twelve days of October and 29 of November: no call is of two months.
    assert_eq!(sizes(AttendanceSystem::WeCom, "items"), [132, 200, 119]);
}

#[test]
fn without_a_file_nothing_is_written_and_what_is_missing_is_named() {
    let desk = desk();
    let before = desk.names("");
    let ended = desk.run(&format!("export out --to dingtalk-cli {MAPS} --lang zh"));
    assert_eq!(ended.code, 0, "{}", ended.err);
    assert!(ended.out.contains("员工姓名") && ended.out.contains("试运行：共 21 行"), "{}", ended.out);
    assert_eq!(desk.names(""), before);
    desk.put("people.csv", "id,userid\n007,a\n");
    desk.put("shifts.csv", "shift,shift_id\nE,1\n");
    let ended = desk.run(&format!("export out --to dingtalk-cli {MAPS} -o x.json"));
    assert_eq!(ended.code, 2);
    for part in ["\"E2\"", "\"E3\"", "\"L\"", "people.csv", "shifts.csv"] {
        assert!(ended.err.contains(part), "{part}\n{}", ended.err);
    }
    assert_eq!(desk.names(""), before);
    // Everything that a system needs is said at once.
    let ended = desk.run("export out --to feishu");
    assert_eq!(ended.code, 2);
    for part in ["--group", "--operator", "--shifts"] {
        assert!(ended.err.contains(part), "{part}\n{}", ended.err);
    }
    let ended = desk.run("export out --to dingtalk-cli");
    assert!(ended.err.contains("--shifts") && !ended.err.contains("--group"), "{}", ended.err);
}

#[test]
fn hours_for_adp_and_bamboohr_add_up() {
    let desk = desk();
    assert_eq!(desk.run("export out --to bamboohr -o b.csv").code, 0);
    let text = desk.text("b.csv");
    let mut lines = text.split_terminator("\r\n");
    assert_eq!(lines.next(), Some("Employee #,Hours Worked Date,Rate Type,Hours Worked"));
    let mut sums: BTreeMap<(String, String), f64> = BTreeMap::new();
    for l in lines {
        let cells: Vec<&str> = l.split(',').collect();
        assert!(NaiveDate::parse_from_str(cells[1], "%m/%d/%Y").is_ok(), "{l}");
        *sums.entry((cells[0].into(), cells[2].into())).or_default() +=
            cells[3].parse::<f64>().expect("hours");
    }
    assert_eq!(desk.run("export out --to adp --company ABC --batch 7 -o PRABCEPI.csv").code, 0);
    let text = desk.text("PRABCEPI.csv");
    let mut lines = text.split_terminator("\r\n");
    assert_eq!(lines.next(), Some("Co Code,Batch ID,File #,Reg Hours,O/T Hours,Hours 3 Code,Hours 3 Amount"));
    for l in lines.clone() {
        assert!(l.starts_with("ABC,7,") && !l.contains(",0.00"), "{l}");
    }
    // hours.csv: id, …, paid_hours (8th), normal_hours, …
    for l in desk.text("out/hours.csv").lines().skip(1) {
        let plain = l.replace("\"'=Li, Na\"", "Li");
        let cells: Vec<&str> = plain.split(',').collect();
        let normal: f64 = cells[8].parse().expect("hours");
        let got = sums.get(&(cells[0].to_owned(), "REG".to_owned())).copied().unwrap_or(0.0);
        assert!((got - normal).abs() < 1e-6, "{l}: {got}");
        let adp: Vec<&str> =
            lines.clone().filter(|x| x.starts_with(&format!("ABC,7,{},", cells[0]))).collect();
        assert!(adp.iter().any(|x| x.split(',').nth(3) == Some(cells[8])), "{l}: {adp:?}");
    }
}

#[test]
fn the_sheet_of_dingtalk_has_its_layout() {
    use calamine::{Data, Reader};
    let (desk, want) = {
        let d = desk();
        let r = rota(&d);
        (d, r)
    };
    desk.put("words.csv", "shift,shift_id\nE,早班\nL,晚班\nANNUAL,年假\n");
    let dry = desk.run("export out --to dingtalk-xlsx --shifts words.csv");
    assert!(dry.code == 0 && dry.out.contains("A dry run: 21 cells of 3 people"), "{}{}", dry.out, dry.err);
    let ended = desk.run("export out --to dingtalk-xlsx --shifts words.csv -o ding.xlsx");
    assert_eq!((ended.code, ended.err.as_str()), (0, ""), "{}", ended.out);
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(desk.path("ding.xlsx")).expect("a workbook");
    assert_eq!(book.sheet_names(), ["排班表"]);
    let sheet = book.worksheet_range("排班表").expect("the sheet");
    let text = |row: u32, col: u32| sheet.get_value((row, col)).map(Data::to_string).unwrap_or_default();
    assert_eq!(text(0, 0), "排班表  2026-11-02 至 2026-11-08");
    assert!(text(1, 0).starts_with("生成时间：20") && text(1, 0).ends_with("  共 3 人"), "{}", text(1, 0));
    let heads: Vec<String> = (0..3).map(|c| text(2, c)).collect();
    assert_eq!(heads, ["员工姓名", "11-02\n周一", "11-03\n周二"]);
    for (row, (id, name)) in (3..).zip([("007", "张伟"), ("E2", "=Li, Na"), ("E3", "王芳")]) {
        assert_eq!(text(row, 0), name);
        for day in 2..=8u32 {
            let word = match want[&(id.to_owned(), format!("2026-11-{day:02}"))].as_deref() {
                Some("E") => "早班",
                Some(_) => "晚班",
                None if id == "E2" && day == 4 => "年假",
                None => "休息",
            };
            assert_eq!(text(row, day - 1), word, "{id} {day}");
        }
    }
    assert_eq!(sheet.end(), Some((5, 7)));
    // It is read back as a rota, once the words are those of the case.
    assert_eq!(desk.run("export out --to dingtalk-xlsx -o ours.xlsx").code, 0);
    let ended = desk.run("compare out ours.xlsx --message --case case");
    assert!(
        ended.out.contains("ANNUAL → OFF") && ended.out.contains("1 day of 1 person"),
        "{}{}",
        ended.out,
        ended.err
    );
}

#[test]
fn rows_of_a_call_can_be_fewer_but_not_more_than_a_system_takes() {
    let desk = desk();
    let ended = desk.run(&format!("export out --to wecom {MAPS} --group 226 --per-call 8 -o w.json"));
    assert_eq!(ended.code, 0, "{}", ended.err);
    let (calls, items) = rows_of(&desk, "w.json", "items");
    let sizes: Vec<usize> = calls.iter().map(|c| c["items"].as_array().map_or(0, Vec::len)).collect();
    assert_eq!((sizes, items.len()), (vec![8, 8, 5], 21));
    let feishu = format!("export out --to feishu {MAPS} --group g --operator o");
    let ended = desk.run(&format!("{feishu} --per-call 51 -o f.json"));
    assert!(ended.code == 2 && ended.err.contains("at most 50 rows a call"), "{}", ended.err);
    assert_eq!(desk.run(&format!("{feishu} --per-call 50 -o f.json")).code, 0);
    let ended = desk.run(&format!("export out --to dingtalk-cli {MAPS} --per-call 5 -o d.json"));
    assert!(ended.code == 2 && ended.err.contains("one document"), "{}", ended.err);
    assert_eq!(desk.run(&format!("export out --to wecom {MAPS} --group 1 --per-call 0")).code, 2);
}
