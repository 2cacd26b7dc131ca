//! Sound inputs in many forms become the same case.

use paiban::base::Span;
use paiban::diag::Diagnostics;
use paiban::io::read::{ReadOptions, read_case, read_rota};
use paiban::model::{Case, DayCell, LeaveStatus, PastStatus, PinTarget, TaskDay, Want};
use paiban::rules::{RuleKind, RuleValue};
use std::path::Path;

const STAFF: &str = "id,name,team,skills,contract,band,tags\n\
007,张伟,A,voice;chat,full,early,senior\n\
008,张伟,A,voice,full,late,\n\
E3,李娜,B,,full,,no_night@2026-12-01..2026-12-15\n";
const SHIFTS: &str = "code,name,band,times,meal_minutes,meal_window,tail_minutes\n\
E,Early,early,08:00-17:00,60,11:00-13:30,\n\
L,Late,late,14:00-23:00,60,17:00-19:00,15\n\
S,Split,late,10:00-14:0017:30-23:00,0,,\n";
const RULES: &str = "rule,scope,value,strength,weight\n\
min_rest_hours,,11,hard,\n\
max_consecutive_days,,6,,\n\
forbidden_succession,,late>early,hard,\n\
rotation,,month,soft,5\n\
weight_understaff,kind:voice,3,,\n\
handover_minutes,,15,,\n";
const DEMAND: &str = "date,start,end,channel,agents\n\
2026-12-01,08:00,12:00,voice,1\n\
2026-12-01,12:00,23:00,voice,1\n\
2026-12-02,22:00,02:00,chat,1\n\
2026-12-31,08:00,12:00,voice,1\n";

fn write(folder: &Path, file: &str, bytes: impl AsRef<[u8]>) {
    std::fs::write(folder.join(file), bytes).unwrap();
}

fn base() -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    for (file, text) in
        [("staff.csv", STAFF), ("shifts.csv", SHIFTS), ("rules.csv", RULES), ("demand.csv", DEMAND)]
    {
        write(home.path(), file, text);
    }
    home
}

fn show(findings: &Diagnostics) -> String {
    paiban::diag::render_human(findings, paiban::base::Lang::En)
}

fn read(home: &tempfile::TempDir) -> (Case, Diagnostics) {
    let (case, findings) = read_case(home.path(), &ReadOptions::default());
    (case.unwrap_or_else(|| panic!("{}", show(&findings))), findings)
}

#[test]
fn four_files_are_enough() {
    let (case, findings) = read(&base());
    assert!(findings.is_empty(), "{}", show(&findings));
    assert_eq!((case.people.len(), case.shifts.len(), case.horizon.days), (3, 3, 31));
    assert_eq!(case.people[0].id, "007");
    assert_eq!(case.people[2].skills.len(), 2);
    assert_eq!(case.shifts[2].times, [Span::new(600, 840), Span::new(1050, 1380)]);
    assert_eq!(case.demand[2].time, Span::new(1320, 1560));
    let row = case.rules.of(RuleKind::MinRestHours).next().unwrap();
    assert_eq!((row.value.clone(), row.origin.line), (RuleValue::Minutes(660), 2));
    assert_eq!(case.inputs.len(), 4);
}

#[test]
fn a_chinese_case_in_any_encoding_is_the_same_case() {
    let staff = "工号，姓名，班组，技能，合同，班别，标签\r\n\
００7，张伟，A，voice；chat，full，early，senior\r\n\
008，张伟，A，voice，full，late，\r\n\
E3，李娜，B，，full，，no_night@2026年12月1日..2026/12/15\r\n";
    let shifts = "班次\t名称\t班别\t时段\t用餐分钟\t用餐时段\t延时分钟\n\
E\tEarly\tearly\t8点～17点\t60\t11:00至13:30\t\n\
L\tLate\tlate\t下午2点—23：00\t６０\t17:00-19:00\t15\n\
S\tSplit\tlate\t10:00-14:00、17:30-23:00\t0\t\t\n";
    let demand = "日期;开始时间;结束时间;渠道;人数\n\
2026年12月1日;8:00;12:00;voice;1\n\n\
# 下午\n\
2026/12/1;12:00;23:00;voice;1\n\
20261202;22:00;次日02:00;chat;1\n\
2026.12.31;08:00;12：00;voice;1.0\n\
合计;;;;4\n";
    let home = base();
    let (plain, _) = read(&home);
    write(home.path(), "staff.csv", encoding_rs::GB18030.encode(staff).0);
    let utf16: Vec<u8> =
        [0xFF, 0xFE].into_iter().chain(shifts.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    write(home.path(), "shifts.csv", utf16);
    write(home.path(), "demand.csv", [b"\xEF\xBB\xBF", demand.as_bytes()].concat());
    let (case, findings) = read(&home);
    let strip = |case: &Case| {
        let people: Vec<_> =
            case.people.iter().map(|p| (p.id.clone(), p.skills.clone(), p.tags.clone())).collect();
        let shifts: Vec<_> =
            case.shifts.iter().map(|s| (s.times.clone(), s.meal_window, s.tail_minutes)).collect();
        let demand: Vec<_> = case.demand.iter().map(|d| (d.day, d.time, d.channel, d.agents)).collect();
        (people, shifts, demand)
    };
    assert_eq!(strip(&case), strip(&plain));
    let codes: Vec<&str> = findings.items().iter().map(|d| d.code.0).collect();
    assert_eq!(codes, ["P105"], "{}", show(&findings));
    assert_eq!(case.demand[1].origin.line, 5);
}

#[test]
fn every_optional_file_is_read() {
    let home = base();
    write(
        home.path(),
        "leave.csv",
        "id,from,to,kind,status,substitute\n007,2026-12-03,2026-12-04,年假,已批准,008\n李娜,2026-12-05,,sick,待批,\n",
    );
    write(
        home.path(),
        "requests.csv",
        "id,date,want,weight\n008,2026-12-03,off,2\nE3,2026-12-04,!late,\nE3,2026-12-05,e,\n",
    );
    write(home.path(), "pins.csv", "id,date,shift\n008,2026-12-05,off\nE3,2026-12-06,Ｌ\n");
    write(home.path(), "calendar.csv", "date,name,kind,volume_factor\n2026-12-12,双十二,promotion,1.8\n");
    write(
        home.path(),
        "channels.csv",
        "channel,kind,target_pct,target_s,shrinkage_pct\nvoice,voice,80%,20,30\nchat,在线,90,60,\n",
    );
    write(
        home.path(),
        "meetings.csv",
        "name,on,start,end,scope,min_on_duty,come_in\n周例会,周一,13:30,14:00,team:A,1,是\n",
    );
    write(
        home.path(),
        "approvals.csv",
        "id,from,to,overtime_hours,approved_by\n007,2026-12-01,2026-12-31,20.5,主管\n",
    );
    write(
        home.path(),
        "history.csv",
        "date,id,shift,times,paid_minutes\n2026-11-30,007,E,,\n2026-11-30,008,休,,\n2026-11-30,E3,X9,09:00-18:00,480\n2026-11-30,E99,E,,\n2026-11-29,007,病假,,\n",
    );
    write(home.path(), "published.csv", "date,id,shift\n2026-12-01,007,L\n");
    let (case, findings) = read(&home);
    let codes: Vec<&str> = findings.items().iter().map(|d| d.code.0).collect();
    assert_eq!(codes, ["P511", "P702", "P701"], "{}", show(&findings));
    assert_eq!(case.leave[0].kind, "年假");
    assert_eq!((case.leave[1].status, case.leave[1].from), (LeaveStatus::Pending, case.leave[1].to));
    assert_eq!(case.requests[1].want, Want::Not(Box::new(Want::Band("late".into()))));
    assert!(matches!(case.requests[2].want, Want::Shift(_)));
    assert_eq!(case.pins[0].target, PinTarget::Off);
    assert_eq!(case.channels[0].target_share, 0.8);
    assert_eq!(case.approvals[0].overtime_minutes, 1230);
    assert_eq!(case.history.len(), 4);
    assert_eq!(case.history[0].status, PastStatus::Leave("SICK".into()));
    match &case.history[1].status {
        PastStatus::Work { paid_minutes, band, .. } => {
            assert_eq!((*paid_minutes, band.as_str()), (495, "early"))
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(case.published.len(), 1);
}

#[test]
fn a_hand_edited_rota_is_read() {
    let home = base();
    write(home.path(), "leave.csv", "id,from,to,kind,status\n007,2026-12-03,2026-12-04,年假,approved\n");
    let (case, _) = read(&home);
    let mut text = String::from("日期;工号;姓名;班次\r\n");
    for date in case.horizon.dates() {
        for id in ["007", "008", "E3"] {
            let code = match (date.to_string().as_str(), id) {
                ("2026-12-01", "007") => "ｌ",
                ("2026-12-03" | "2026-12-04", "007") => "ANNUAL",
                ("2026-12-02", "008") => "off",
                _ => "休",
            };
            text += &format!("{date};{id};x;{code}\r\n");
        }
    }
    write(home.path(), "rota.csv", encoding_rs::GB18030.encode(&text).0);
    let (rota, findings) = read_rota(&case, &home.path().join("rota.csv"));
    let (rota, inside) = rota.unwrap_or_else(|| panic!("{}", show(&findings)));
    assert!(inside.is_none());
    assert_eq!(rota.cells[0][0], DayCell::Work(case.shift_by_code("L").unwrap()));
    assert_eq!(rota.cells[0][2], DayCell::Leave("年假".into()));
    assert_eq!(rota.cells[1][1], DayCell::Off);
}

#[test]
fn a_chinese_rota_can_be_given_as_pins() {
    let home = base();
    let rows = "日期,星期,工号,姓名,班组,班次,固定\n2026-12-01,周二,007,张伟,A,E,否\n2026-12-02,周三,007,张伟,A,休,否\n\
                2026-12-03,周四,007,张伟,A,年假,否\n2026-12-04,周五,007,张伟,A,-,否\n";
    write(home.path(), "pins.csv", rows);
    let (case, findings) = read(&home);
    assert!(findings.is_empty(), "{}", show(&findings));
    assert!(matches!(case.pins[0].target, PinTarget::Shift(_)));
    assert_eq!((case.pins.len(), case.pins[1].target), (2, PinTarget::Off));
}

#[test]
fn duties_and_handovers_come_with_the_folder() {
    let home = base();
    let (case, _) = read(&home);
    let out = home.path().join("out");
    std::fs::create_dir(&out).unwrap();
    let mut text = String::from("date,id,shift\n");
    for date in case.horizon.dates() {
        for id in ["007", "008", "E3"] {
            text += &format!("{date},{id},OFF\n");
        }
    }
    write(&out, "rota.csv", &text);
    write(
        &out,
        "duties.csv",
        "date,id,name,start,end,activity\n2026-12-01,007,x,08:00,12:00,voice\n2026-12-01,007,x,-00:15,00:00,交接\n2026-12-01,007,x,12:00,13:00,用餐\n",
    );
    write(
        &out,
        "handover.csv",
        "batch,date,start,end,channel,kind,from_id,to_id,backup_id,note\nB,2026-12-01,16:45,17:00,voice,message,007,008,,hello\n",
    );
    let (rota, findings) = read_rota(&case, &out);
    let (_, inside) = rota.unwrap_or_else(|| panic!("{}", show(&findings)));
    let inside = inside.unwrap();
    assert_eq!(inside.duties.len(), 3);
    assert_eq!(inside.duties[0].time, Span::new(-15, 0));
    assert_eq!(inside.handovers[0].to.map(|p| p.0), Some(1));
}

#[test]
fn line_numbers_survive_quoted_newlines_comments_and_crlf() {
    let home = base();
    let staff = "# comment, with a comma\r\n\r\nid,name,team\r\n\"1\",\"a\r\nb\",A\r\n# more\r\n\r\n2,x,A\r\n1,y,A\r\n";
    write(home.path(), "staff.csv", staff);
    let (_, findings) = read_case(home.path(), &ReadOptions::default());
    let duplicate = findings.items().iter().find(|d| d.code.0 == "P201").unwrap();
    assert_eq!(duplicate.line, 9);
    assert!(duplicate.fact.en.contains("line 4"), "{}", duplicate.fact.en);
    assert_eq!(duplicate.source.as_ref().unwrap().text, "1,y,A");
}

#[test]
fn a_title_above_the_header_is_skipped() {
    let home = base();
    write(home.path(), "staff.csv", "十二月人员名单,,\n工号,姓名,班组\n1,a,A\n");
    let (case, findings) = read(&home);
    assert_eq!(case.people.len(), 1);
    assert_eq!(findings.items()[0].code.0, "P105");
}

#[test]
fn a_header_that_comes_twice_is_no_person() {
    let home = base();
    let (header, rows) = STAFF.split_once('\n').unwrap();
    write(home.path(), "staff.csv", format!("{header}\n{rows}{}\n{}", header.to_uppercase(), "E9,x,A,,,,\n"));
    let (case, findings) = read(&home);
    assert_eq!(case.people.len(), 4);
    assert!(findings.items().iter().all(|d| d.code.0 == "P105" && d.line == 5), "{}", show(&findings));
}

#[test]
fn ids_without_their_zeros_are_understood_where_one_person_can_be_meant() {
    let home = base();
    write(
        home.path(),
        "requests.csv",
        "id,date,want\n7,2026-12-03,off\n8,2026-12-03,off\n08,2026-12-04,off\n",
    );
    let (case, findings) = read(&home);
    assert_eq!(case.requests.iter().map(|r| r.person.ix()).collect::<Vec<_>>(), [0, 1, 1]);
    let codes: Vec<&str> = findings.items().iter().map(|d| d.code.0).collect();
    assert_eq!(codes, ["P207"], "{}", show(&findings));
    write(home.path(), "staff.csv", format!("{STAFF}0007,王五,A,,,,\n"));
    let (case, findings) = read_case(home.path(), &ReadOptions::default());
    assert!(case.is_none() && findings.items().iter().any(|d| d.code.0 == "P202"), "{}", show(&findings));
}

#[test]
fn a_long_id_that_became_a_number_is_explained() {
    let home = base();
    write(home.path(), "requests.csv", "id,date,want\n3.30102E+17,2026-12-03,off\n");
    let (_, findings) = read_case(home.path(), &ReadOptions::default());
    let found = findings.items().iter().find(|d| d.code.0 == "P202");
    assert!(found.is_some_and(|d| d.cure.en.contains("rounded") && d.line == 2), "{}", show(&findings));
}

#[test]
fn a_case_in_which_shortage_is_free_is_warned_of() {
    let home = base();
    write(home.path(), "rules.csv", "rule,scope,value,strength,weight\nmax_consecutive_days,,6,,\n");
    let (_, findings) = read(&home);
    let codes: Vec<&str> = findings.items().iter().map(|d| d.code.0).collect();
    assert_eq!(codes, ["P510"], "{}", show(&findings));
}

#[test]
fn a_month_is_cut_out_of_a_longer_forecast() {
    let home = base();
    let options = ReadOptions { month: Some((2027, 1)), ..ReadOptions::default() };
    let mut demand = DEMAND.to_owned();
    demand += "2027-01-05,08:00,12:00,voice,1\n";
    write(home.path(), "demand.csv", demand);
    let (case, findings) = read_case(home.path(), &options);
    let case = case.unwrap_or_else(|| panic!("{}", show(&findings)));
    assert_eq!((case.horizon.days, case.demand.len(), case.demand[0].day), (31, 1, 4));
    let codes: Vec<&str> = findings.items().iter().map(|d| d.code.0).collect();
    assert_eq!(codes, ["P408"], "{}", show(&findings));
}

#[test]
fn tasks_are_read_in_both_languages() {
    let home = base();
    let text = "名称,日子,开始时间,结束时间,时长,渠道,范围,人数\n\
                催付,每天,16：00,16:30,,,,1\n\
                周报,每周五；周一,9:00,11:00,45,,team:A,\n\
                培训,2026-12-01..2026-12-10；2026年12月20日,10:00,次日02:00,30,voice,,全员\n";
    write(home.path(), "tasks.csv", text);
    let (case, findings) = read(&home);
    assert!(findings.is_empty(), "{}", show(&findings));
    let date = |d| chrono::NaiveDate::from_ymd_opt(2026, 12, d).unwrap();
    let task = &case.tasks[0];
    assert_eq!((task.on.as_slice(), task.minutes, task.people), (&[TaskDay::Daily][..], 30, Some(1)));
    let task = &case.tasks[1];
    assert_eq!(task.on, [TaskDay::Weekday(4), TaskDay::Weekday(0)]);
    assert_eq!((task.window, task.minutes, task.people), (Span::new(540, 660), 45, Some(1)));
    let task = &case.tasks[2];
    assert_eq!(task.on, [TaskDay::Dates(date(1), date(10)), TaskDay::Dates(date(20), date(20))]);
    assert_eq!((task.window, task.people, task.channel.is_some()), (Span::new(600, 1560), None, true));
    assert!(task.on_date(date(10)) && !task.on_date(date(11)) && task.on_date(date(20)));
}

#[test]
fn a_year_of_history_of_400_people_is_read_in_seconds() {
    let home = base();
    let mut staff = String::from("id,name,team\n");
    let mut history =
        String::from("date,weekday,id,name,team,shift,band,start,end,times,paid_minutes,overtime_minutes\n");
    let first = chrono::NaiveDate::from_ymd_opt(2025, 12, 1).unwrap();
    for p in 0..400 {
        staff += &format!("{p:04},员工{p},A\n");
        for date in first.iter_days().take(365) {
            history += &format!("{date},周一,{p:04},员工{p},A,E,early,08:00,17:00,08:00-17:00,480,0\n");
        }
    }
    write(home.path(), "staff.csv", staff);
    write(home.path(), "history.csv", history);
    let clock = std::time::Instant::now();
    let (case, findings) = read(&home);
    assert!(findings.is_empty(), "{}", show(&findings));
    assert_eq!(case.history.len(), 146_000);
    // About a second in a release build; the limit only catches quadratic time.
    eprintln!("read in {:?}", clock.elapsed());
    assert!(clock.elapsed().as_secs() < 30, "{:?}", clock.elapsed());
}

#[test]
fn every_template_is_read_without_a_finding() {
    for name in
        ["three-shift", "two-shift", "split-evening", "office", "hotline", "courier", "posts", "after-sales"]
    {
        for lang in [paiban::base::Lang::En, paiban::base::Lang::Zh] {
            let home = tempfile::tempdir().unwrap();
            paiban::templates::write(name, home.path(), lang).unwrap();
            let (case, findings) = read_case(home.path(), &ReadOptions::default());
            assert!(case.is_some() && findings.is_empty(), "{name} {lang:?}:\n{}", show(&findings));
        }
    }
}
