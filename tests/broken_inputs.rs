//! Deliberately broken inputs: each gives the right code at the right file and line, and never a panic.

use paiban::base::Lang;
use paiban::diag::{Diagnostics, Severity, render_human, render_json};
use paiban::io::read::{ReadOptions, read_case, read_rota};
use proptest::prelude::*;
use std::path::Path;

const SOUND: [(&str, &str); 14] = [
    (
        "staff.csv",
        "id,name,team,skills,contract,band,start_date,end_date,tags\n\
         007,张伟,A,voice;chat,full,early,,,senior\n\
         008,张伟,A,voice,full,late,,,\n\
         E3,李娜,B,,part,,2026-01-01,,no_night\n",
    ),
    (
        "shifts.csv",
        "code,name,band,times,meal_minutes,meal_window,tail_minutes\n\
         E,Early,early,08:00-17:00,60,11:00-13:30,\n\
         L,Late,late,14:00-23:00,60,17:00-19:00,15\n",
    ),
    (
        "rules.csv",
        "rule,scope,value,strength,weight\n\
         min_rest_hours,,11,hard,\n\
         forbidden_succession,,late>early,hard,\n\
         weight_understaff,,3,,\n",
    ),
    (
        "demand.csv",
        "date,start,end,channel,agents\n\
         2026-12-01,08:00,12:00,voice,1\n\
         2026-12-31,08:00,12:00,chat,1\n",
    ),
    (
        "forecast.csv",
        "date,start,channel,volume,aht_s\n\
         2026-12-02,08:00,voice,10,240\n\
         2026-12-02,08:30,voice,12,240\n",
    ),
    ("channels.csv", "channel,kind,target_pct,target_s\nvoice,voice,80,20\nchat,chat,90,60\n"),
    ("calendar.csv", "date,name,kind,volume_factor\n2026-12-12,双十二,promotion,1.8\n"),
    ("leave.csv", "id,from,to,kind,status,substitute\n007,2026-12-03,2026-12-04,ANNUAL,approved,008\n"),
    ("requests.csv", "id,date,want,weight\n008,2026-12-05,off,2\n"),
    ("pins.csv", "id,date,shift\n008,2026-12-06,E\n"),
    ("history.csv", "date,id,shift\n2026-11-30,007,E\n"),
    ("meetings.csv", "name,on,start,end,scope,min_on_duty,come_in\nweekly,Mon,13:30,14:00,team:A,1,no\n"),
    ("approvals.csv", "id,from,to,overtime_hours,approved_by\n007,2026-12-01,2026-12-31,20,boss\n"),
    ("published.csv", "date,id,shift\n2026-12-01,007,E\n"),
];

fn write(folder: &Path, file: &str, bytes: impl AsRef<[u8]>) {
    std::fs::write(folder.join(file), bytes).unwrap();
}

fn sound() -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    for (file, text) in SOUND {
        write(home.path(), file, text);
    }
    home
}

fn header(file: &str) -> &'static str {
    SOUND.iter().find(|(f, _)| *f == file).and_then(|(_, text)| text.lines().next()).unwrap()
}

fn show(findings: &Diagnostics) -> String {
    render_human(findings, Lang::En)
}

/// Asserts that an error with this code stands at this file and line, and that there is no case.
fn assert_error(folder: &Path, why: &str, code: &str, file: &str, line: usize) {
    let (case, findings) = read_case(folder, &ReadOptions::default());
    assert!(case.is_none(), "{why}: was read");
    let found = findings.items().iter().find(|d| d.code.0 == code && d.file == file && d.line == line);
    let found = found.unwrap_or_else(|| panic!("{why}: no {code} at {file}:{line}\n{}", show(&findings)));
    assert_eq!(found.severity, Severity::Error, "{why}");
    for lang in [Lang::En, Lang::Zh] {
        assert!(!found.fact.get(lang).is_empty() && !found.cure.get(lang).is_empty());
        assert!(render_human(&findings, lang).contains(code));
        assert!(render_json(&findings, lang).as_array().is_some_and(|list| !list.is_empty()));
    }
}

/// Rows that replace those of a file, below its header; the code and the line (2 is the first row).
type Broken = (&'static str, &'static str, &'static str, usize);

fn assert_rows(file: &str, broken: &[Broken]) {
    for (why, rows, code, line) in broken {
        let home = sound();
        write(home.path(), file, format!("{}\n{rows}\n", header(file)));
        assert_error(home.path(), &format!("{file}: {why}"), code, file, *line);
    }
}

fn assert_texts(file: &str, broken: &[Broken]) {
    for (why, text, code, line) in broken {
        let home = sound();
        write(home.path(), file, text);
        assert_error(home.path(), &format!("{file}: {why}"), code, file, *line);
    }
}

#[test]
fn the_sound_case_is_sound() {
    let (case, findings) = read_case(sound().path(), &ReadOptions::default());
    assert!(case.is_some() && findings.is_empty(), "{}", show(&findings));
}

#[test]
fn broken_folders_and_files_are_named() {
    let home = sound();
    let missing = home.path().join("nowhere");
    assert_error(&missing, "no folder", "P001", &missing.display().to_string(), 0);
    let file = home.path().join("staff.csv");
    assert_error(&file, "a file instead of a folder", "P001", &file.display().to_string(), 0);
    for name in ["staff.csv", "shifts.csv", "rules.csv"] {
        let home = sound();
        std::fs::remove_file(home.path().join(name)).unwrap();
        assert_error(home.path(), "missing file", "P002", name, 0);
    }
    for name in ["staff.csv", "leave.csv", "forecast.csv"] {
        let home = sound();
        std::fs::remove_file(home.path().join(name)).unwrap();
        std::fs::create_dir(home.path().join(name)).unwrap();
        assert_error(home.path(), "a folder instead of a file", "P003", name, 0);
    }
    let home = sound();
    for name in ["demand.csv", "forecast.csv"] {
        std::fs::remove_file(home.path().join(name)).unwrap();
    }
    assert_error(home.path(), "nothing to cover", "P401", "demand.csv", 0);
}

#[test]
fn broken_bytes_are_named_in_every_file() {
    for (file, text) in SOUND {
        let lines = text.lines().count();
        let bytes = |tail: &[u8]| [text.as_bytes(), tail].concat();
        for (why, content, code, line) in [
            ("no encoding", bytes(b"\xFF\xFF\xFF\n"), "P004", lines + 1),
            ("a zero byte", bytes(b"a\0b\n"), "P005", lines + 1),
            ("a spreadsheet", b"PK\x03\x04\x14\0\0".to_vec(), "P005", 1),
            ("UTF-16 cut in the middle", b"\xFF\xFEi\0d".to_vec(), "P004", 1),
            ("empty", Vec::new(), "P006", 0),
            ("comments only", b"# nothing\n\n".to_vec(), "P006", 0),
            (
                "a megabyte in a cell",
                bytes(&[b"x".repeat(1 << 20), b"\n".to_vec()].concat()),
                "P008",
                lines + 1,
            ),
            ("an open quote", bytes(format!("\"{}", "7,x\n".repeat(20_000)).as_bytes()), "P008", lines + 1),
            ("too few cells", bytes(b"lonely\n"), "P104", lines + 1),
            ("too many cells", bytes(b"1,2,3,4,5,6,7,8,9,10,11,12,13\n"), "P104", lines + 1),
        ] {
            let home = sound();
            write(home.path(), file, content);
            assert_error(home.path(), &format!("{file}: {why}"), code, file, line);
        }
    }
}

#[test]
fn broken_headers_are_named_in_every_file() {
    for (file, text) in SOUND {
        let (head, rest) = text.split_once('\n').unwrap();
        let first = head.split(',').next().unwrap();
        let home = sound();
        write(home.path(), file, format!("{first},{head}\n"));
        assert_error(home.path(), &format!("{file}: doubled column"), "P103", file, 1);
        if file != "meetings.csv" {
            let home = sound();
            write(home.path(), file, format!("{}\n{rest}", head.replacen(first, "colour", 1)));
            assert_error(home.path(), &format!("{file}: missing column"), "P101", file, 1);
        }
    }
    for file in ["staff.csv", "shifts.csv", "rules.csv", "demand.csv", "forecast.csv"] {
        let home = sound();
        write(home.path(), file, header(file));
        assert_error(home.path(), &format!("{file}: no rows"), "P107", file, 0);
    }
}

#[test]
fn broken_staff_is_named() {
    assert_rows(
        "staff.csv",
        &[
            ("empty id", ",a,A,,,,,,", "P106", 2),
            ("duplicate id", "e3,a,A,,,,,,\nＥ3,b,A,,,,,,", "P201", 3),
            ("bad date", "1,a,A,,,,yesterday,,", "P111", 2),
            ("no such day", "1,a,A,,,,2026-02-30,,", "P111", 2),
            ("ambiguous date", "1,a,A,,,,5/1/2026,,", "P112", 2),
            ("left before joining", "1,a,A,,,,2026-05-01,2026-04-01,", "P204", 2),
            ("unknown band", "1,a,A,,,erly,,,", "P306", 2),
            ("bad tag", "1,a,A,,,,,,no_night@soon", "P206", 2),
        ],
    );
}

#[test]
fn broken_shifts_are_named() {
    assert_rows(
        "shifts.csv",
        &[
            ("empty code", ",,,08:00-17:00,,,", "P106", 2),
            ("duplicate code", "E,,,08:00-17:00,,,\ne,,,09:00-17:00,,,", "P301", 3),
            ("reserved code", "休,,,08:00-17:00,,,", "P305", 2),
            ("reserved code", "E>L,,,08:00-17:00,,,", "P305", 2),
            ("no times", "E,,,morning,,,", "P303", 2),
            ("overlapping times", "E,,,08:00-12:00+11:00-15:00,,,", "P303", 2),
            ("longer than a day", "E,,,08:00-34:00,,,", "P303", 2),
            ("two shifts in a cell", "E,,,08:00-17:00中班:11:00-20:00,,,", "P303", 2),
            ("negative meal", "E,,,08:00-17:00,-60,,", "P116", 2),
            ("meal longer than the shift", "E,,,08:00-09:00,90,,", "P304", 2),
            ("bad window", "E,,,08:00-17:00,60,noon,", "P114", 2),
            ("bad tail", "E,,,08:00-17:00,60,,a bit", "P115", 2),
        ],
    );
}

#[test]
fn broken_rules_are_named() {
    assert_rows(
        "rules.csv",
        &[
            ("unknown rule", "min_rest_hour,,11,,", "P501", 2),
            ("band where none is", "max_weekends:late,,2,,", "P501", 2),
            ("fairness of no band", "fair_band,,2,,", "P501", 2),
            ("bad value", "min_rest_hours,,eleven,,", "P502", 2),
            ("negative value", "min_rest_hours,,-11,,", "P502", 2),
            ("empty value", "min_rest_hours,,,,", "P106", 2),
            ("no scope term", "max_weekends,A,2,,", "P503", 2),
            ("unknown term", "max_weekends,teem:A,2,,", "P503", 2),
            ("unknown weekday", "min_on_duty,weekday:Someday,2,,", "P503", 2),
            ("term not understood", "fair_hours,weekday:Sun,2,,", "P504", 2),
            ("unknown team", "max_weekends,team:AA,2,,", "P505", 2),
            ("unknown person", "max_weekends,id:E99,2,,", "P505", 2),
            ("unknown shift", "max_shifts,shift:EE,2,,", "P505", 2),
            ("unknown channel", "weight_understaff,channel:vioce,2,,", "P505", 2),
            ("unknown strength", "max_weekends,,2,weak,", "P117", 2),
            ("soft without weight", "max_weekends,,2,soft,", "P507", 2),
            ("negative weight", "max_weekends,,2,soft,-1", "P116", 2),
            ("never soft", "handover_minutes,,15,soft,1", "P508", 2),
            ("unknown code in a succession", "forbidden_succession,,L>X,,", "P302", 2),
            ("unknown band in an order", "rotation_order,,early>mid,,", "P306", 2),
            ("plain contradiction", "max_weekends,,2,,\nmax_weekends,all,3,,", "P506", 3),
            ("crossing contradiction", "max_weekends,team:A,2,,\nmax_weekends,tag:senior,3,,", "P506", 3),
        ],
    );
}

#[test]
fn rows_that_do_not_meet_may_differ() {
    let home = sound();
    let rows = "max_weekends,team:A,2,,\nmax_weekends,team:B,3,,\nmax_weekends,id:007,1,,\nmax_weekends,,4,soft,5\n\
                max_shifts,shift:E,3,,\nmax_shifts,shift:E,4,,\n";
    write(home.path(), "rules.csv", format!("{}\n{rows}", header("rules.csv")));
    let (case, findings) = read_case(home.path(), &ReadOptions::default());
    assert!(case.is_some() && findings.is_empty(), "{}", show(&findings));
}

#[test]
fn broken_demand_and_forecast_are_named() {
    assert_rows(
        "demand.csv",
        &[
            ("bad date", "2026-13-01,08:00,09:00,voice,1", "P111", 2),
            ("serial number", "46357,08:00,09:00,voice,1", "P111", 2),
            ("bad time", "2026-12-01,8:3,09:00,voice,1", "P114", 2),
            ("people by halves", "2026-12-01,08:00,09:00,voice,1.5", "P115", 2),
            ("negative people", "2026-12-01,08:00,09:00,voice,-1", "P116", 2),
            ("no channel", "2026-12-01,08:00,09:00,,1", "P106", 2),
            ("twice", "2026-12-01,08:00,09:00,voice,1\n2026-12-01,08:00,09:00,voice,2", "P402", 3),
            ("overlap", "2026-12-01,08:00,09:00,voice,1\n2026-12-01,08:30,09:30,voice,2", "P403", 3),
            (
                "overlap over midnight",
                "2026-12-02,01:00,03:00,voice,1\n2026-12-01,22:00,26:00,voice,2",
                "P403",
                2,
            ),
        ],
    );
    assert_rows(
        "forecast.csv",
        &[
            ("negative volume", "2026-12-01,08:00,voice,-1,240\n2026-12-01,08:30,voice,1,240", "P116", 2),
            ("infinite volume", "2026-12-01,08:00,voice,inf,240\n2026-12-01,08:30,voice,1,240", "P115", 2),
            ("no handling time", "2026-12-01,08:00,voice,5,0\n2026-12-01,08:30,voice,1,240", "P116", 2),
            ("no spacing", "2026-12-01,08:00,voice,5,240\n2026-12-02,08:00,voice,1,240", "P404", 2),
            ("channel without a row", "2026-12-01,08:00,sms,5,240\n2026-12-01,08:30,sms,1,240", "P313", 2),
            (
                "off the grid",
                "2026-12-01,08:00,voice,5,240\n2026-12-01,08:30,voice,1,240\n2026-12-01,08:40,voice,1,240\n2026-12-01,09:10,voice,1,240",
                "P403",
                4,
            ),
        ],
    );
    let home = sound();
    std::fs::remove_file(home.path().join("forecast.csv")).unwrap();
    write(home.path(), "demand.csv", "date,start,end,channel,agents\n2031-12-01,08:00,12:00,voice,1\n");
    assert_error(home.path(), "unknown year", "P407", "calendar.csv", 0);
    let home = sound();
    write(home.path(), "demand.csv", "date,start,end,channel,agents\n2062-12-01,08:00,12:00,voice,1\n");
    assert_error(home.path(), "a wrong year", "P405", "--from", 0);
}

#[test]
fn broken_channels_and_calendars_are_named() {
    assert_rows(
        "channels.csv",
        &[
            ("twice", "voice,voice,80,20\nVOICE,chat,80,20\nchat,chat,80,20", "P311", 3),
            ("unknown kind", "voice,fax,80,20\nchat,chat,80,20", "P117", 2),
            ("more than all", "voice,voice,120,20\nchat,chat,80,20", "P116", 2),
            ("a fraction", "voice,voice,0.8,20\nchat,chat,80,20", "P116", 2),
        ],
    );
    assert_rows(
        "calendar.csv",
        &[
            ("twice", "2026-12-12,a,promotion,2\n2026-12-12,b,promotion,3", "P402", 3),
            ("unknown kind", "2026-12-12,a,party,2", "P117", 2),
            ("bad factor", "2026-12-12,a,promotion,much", "P115", 2),
            ("no kind", "2026-12-12,a,,", "P106", 2),
        ],
    );
}

#[test]
fn broken_wishes_are_named() {
    assert_rows(
        "leave.csv",
        &[
            ("unknown person", "70,2026-12-03,2026-12-04,,,", "P202", 2),
            ("a name two people have", "张伟,2026-12-03,2026-12-04,,,", "P203", 2),
            ("end before start", "007,2026-12-05,2026-12-04,,,", "P204", 2),
            ("overlap", "007,2026-12-03,2026-12-05,,,\n007,2026-12-05,2026-12-06,,,", "P601", 3),
            ("unknown status", "007,2026-12-03,2026-12-04,,perhaps,", "P117", 2),
            ("unknown substitute", "007,2026-12-03,2026-12-04,,,nobody", "P202", 2),
        ],
    );
    assert_rows(
        "requests.csv",
        &[
            ("unknown wish", "007,2026-12-03,EE,", "P302", 2),
            ("a code that became a date", "007,2026-12-03,8月12日,", "P118", 2),
            ("a code that became an English date", "007,2026-12-03,12-Aug,", "P118", 2),
            ("negative weight", "007,2026-12-03,off,-2", "P116", 2),
            ("twice", "007,2026-12-03,off,\n007,2026-12-03,休,", "P402", 3),
        ],
    );
    assert_rows(
        "pins.csv",
        &[
            ("unknown shift", "007,2026-12-03,X", "P302", 2),
            ("a band", "007,2026-12-03,late", "P302", 2),
            ("two pins", "007,2026-12-03,E\n007,2026-12-03,L", "P602", 3),
            ("empty", "007,2026-12-03,", "P106", 2),
        ],
    );
    assert_rows(
        "meetings.csv",
        &[
            ("no day", "m,someday,13:30,14:00,,,", "P111", 2),
            ("bad scope", "m,Mon,13:30,14:00,shift:E,,", "P504", 2),
            ("longer than half a day", "m,Mon,13:30,13:00,,,", "P204", 2),
            ("neither yes nor no", "m,Mon,13:30,14:00,,,often", "P117", 2),
        ],
    );
    assert_rows(
        "approvals.csv",
        &[
            ("end before start", "007,2026-12-31,2026-12-01,20,b", "P204", 2),
            ("negative hours", "007,2026-12-01,2026-12-31,-5,b", "P116", 2),
        ],
    );
}

#[test]
fn broken_past_is_named() {
    for file in ["history.csv", "published.csv"] {
        let date = if file == "history.csv" { "2026-11-30" } else { "2026-12-02" };
        let home = sound();
        let cases = [
            ("unknown code without times", format!("{date},007,EE"), "P302", 2),
            ("two shifts on a day", format!("{date},007,E\n{date},007,L"), "P402", 3),
            ("empty shift", format!("{date},007,"), "P106", 2),
            ("a name two people have", format!("{date},张伟,E"), "P203", 2),
            ("bad date", "30-30,007,E".to_owned(), "P111", 2),
        ];
        for (why, rows, code, line) in &cases {
            write(home.path(), file, format!("{}\n{rows}\n", header(file)));
            assert_error(home.path(), &format!("{file}: {why}"), code, file, *line);
        }
    }
    assert_texts(
        "history.csv",
        &[
            ("bad times", "date,id,shift,times\n2026-11-30,007,E,early", "P303", 2),
            ("negative minutes", "date,id,shift,paid_minutes\n2026-11-30,007,E,-5", "P116", 2),
        ],
    );
}

#[test]
fn a_rota_with_gaps_or_unknown_codes_is_refused() {
    let home = sound();
    let (case, _) = read_case(home.path(), &ReadOptions::default());
    let case = case.unwrap();
    let full: String =
        case.horizon.dates().flat_map(|d| ["007", "008", "E3"].map(|id| format!("{d},{id},OFF\n"))).collect();
    for (why, from, to, code, line) in [
        ("a day is missing", "2026-12-05,008,OFF\n", "", "P703", 0),
        ("unknown code", "2026-12-01,008,OFF\n", "2026-12-01,008,EE\n", "P302", 3),
        ("empty cell", "2026-12-01,008,OFF\n", "2026-12-01,008,\n", "P106", 3),
        ("unknown person", "2026-12-01,008,OFF\n", "2026-12-01,80,OFF\n", "P202", 3),
        ("two shifts", "2026-12-01,008,OFF\n", "2026-12-01,008,OFF\n2026-12-01,008,E\n", "P402", 4),
    ] {
        write(home.path(), "rota.csv", format!("date,id,shift\n{}", full.replacen(from, to, 1)));
        let (rota, findings) = read_rota(&case, &home.path().join("rota.csv"));
        assert!(rota.is_none(), "{why}");
        let hit = findings.items().iter().any(|d| d.code.0 == code && d.file == "rota.csv" && d.line == line);
        assert!(hit, "{why}: {}", show(&findings));
    }
    let (rota, findings) = read_rota(&case, &home.path().join("nothing.csv"));
    assert!(rota.is_none() && findings.items()[0].code.0 == "P002");
}

#[test]
fn all_faults_of_all_files_come_at_once() {
    let home = sound();
    write(home.path(), "staff.csv", format!("{}\n1,a,A,,,,x,y,\n1,b,A,,,,,,\n", header("staff.csv")));
    write(home.path(), "shifts.csv", format!("{}\nE,,,x,y,z,w\n", header("shifts.csv")));
    write(home.path(), "leave.csv", b"\xFF\xFF\xFF");
    let (_, findings) = read_case(home.path(), &ReadOptions::default());
    assert!(findings.errors() >= 8, "{}", show(&findings));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn random_bytes_never_panic(file in 0..SOUND.len(), bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let home = sound();
        write(home.path(), SOUND[file].0, &bytes);
        let (_, findings) = read_case(home.path(), &ReadOptions::default());
        let _ = (show(&findings), render_human(&findings, Lang::Zh));
    }

    #[test]
    fn mutated_files_never_panic(
        file in 0..SOUND.len(),
        edits in proptest::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0..3), 1..8),
    ) {
        const PIECES: [&str; 24] = [
            ",", "\n", "\"", ";", "：", "，", "-", "+1", "次日", "下午", "@", "..", "&", ":", ">", "!", "0", "99999999999",
            "2026年", "二月三十日", "\u{FEFF}", "#", "E", "合计",
        ];
        let home = sound();
        let mut chars: Vec<String> = SOUND[file].1.chars().map(String::from).collect();
        for (at, piece, how) in edits {
            let place = at.index(chars.len());
            match how {
                0 => chars.insert(place, piece.get(&PIECES).to_string()),
                1 => chars[place] = piece.get(&PIECES).to_string(),
                _ => { chars.remove(place); }
            }
        }
        write(home.path(), SOUND[file].0, chars.concat());
        let (_, findings) = read_case(home.path(), &ReadOptions::default());
        let _ = (show(&findings), render_human(&findings, Lang::Zh));
    }
}
