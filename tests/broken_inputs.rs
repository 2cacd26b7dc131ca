//! Deliberately broken inputs: each gives the right code at the right file and line, and never a panic.

use paiban::base::Lang;
use paiban::diag::{Diagnostics, Severity, render_human, render_json};
use paiban::io::read::{ReadOptions, read_case, read_record, read_rota};
use paiban::pay::{Classes, balances};
use proptest::prelude::*;
use std::path::Path;

const SOUND: [(&str, &str); 15] = [
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
         weight_understaff,,3,,\nweight_stability,,500,,\n",
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
    (
        "tasks.csv",
        "name,on,start,end,minutes,channel,scope,people\nreminders,daily,16:00,16:30,,voice,team:A,1\n",
    ),
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

/// The blocks of `broken_rows.txt`: where, code, why, and the text of the file.
fn broken_rows() -> Vec<(&'static str, usize, &'static str, &'static str, String)> {
    let blocks = include_str!("data/broken_rows.txt").split("\n\n").filter(|b| !b.starts_with('#'));
    let read = |block: &'static str| {
        let (head, rows) = block.split_once('\n').expect("a line of what is expected, then rows");
        let (place, code_and_why) = head.split_once(' ').expect("a place, then a code");
        let (file, line) = place.split_once(':').expect("a file and a line");
        let (code, why) = code_and_why.split_once(' ').expect("a code and a reason");
        let text = match rows.strip_prefix("header:") {
            Some(text) => format!("{text}\n"),
            None => format!("{}\n{rows}\n", header(file)),
        };
        (file, line.parse().expect("a line number"), code, why, text)
    };
    blocks.map(read).collect()
}

#[test]
fn broken_rows_are_named_with_their_place() {
    let all = broken_rows();
    assert!(all.len() > 100, "{}", all.len());
    for (file, line, code, why, text) in all {
        let home = sound();
        write(home.path(), file, text);
        assert_error(home.path(), &format!("{file}: {why}"), code, file, line);
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
            ("an open quote", bytes(format!("\"{}", "7,x\n".repeat(20_000)).as_bytes()), "P010", lines + 1),
            ("a quote open to the end", bytes(b"\"7,x\n"), "P010", lines + 1),
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
fn rows_that_do_not_meet_may_differ() {
    let home = sound();
    let rows = "weight_understaff,,3,,\nweight_stability,,500,,\nmax_weekends,team:A,2,,\nmax_weekends,team:B,3,,\nmax_weekends,id:007,1,,\nmax_weekends,,4,soft,5\n\
                max_shifts,shift:E,3,,\nmax_shifts,shift:E,4,,\n";
    write(home.path(), "rules.csv", format!("{}\n{rows}", header("rules.csv")));
    let (case, findings) = read_case(home.path(), &ReadOptions::default());
    assert!(case.is_some() && findings.is_empty(), "{}", show(&findings));
}

#[test]
fn broken_demand_and_forecast_are_named() {
    let home = sound();
    std::fs::remove_file(home.path().join("forecast.csv")).unwrap();
    write(home.path(), "demand.csv", "date,start,end,channel,agents\n2031-12-01,08:00,12:00,voice,1\n");
    assert_error(home.path(), "unknown year", "P407", "calendar.csv", 0);
    let home = sound();
    write(home.path(), "demand.csv", "date,start,end,channel,agents\n2062-12-01,08:00,12:00,voice,1\n");
    assert_error(home.path(), "a wrong year", "P405", "--from", 0);
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
fn a_carriage_return_inside_a_line_is_named_as_what_ends_the_row() {
    let folder = sound();
    write(folder.path(), "requests.csv", "id,date,want,weight\n007,2026-12-05,off,2\r,x\n");
    let (_, findings) = read_case(folder.path(), &ReadOptions::default());
    let text = show(&findings);
    assert!(text.contains(r"a carriage return (\r) inside the line ends the row there"), "{text}");
    assert!(!text.contains("add the missing cells"), "{text}");
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
    fn past_months_of_any_rows_never_panic(
        days in proptest::collection::vec((2024..2028i32, 1..13u32, 1..32u32, 0..4usize, 0..2881i64), 0..30),
        with_rules in any::<bool>(),
    ) {
        let home = sound();
        let out = home.path().join("out");
        std::fs::create_dir(&out).unwrap();
        let (mut rota, mut payroll) = (String::from("date,id,shift,times,paid_minutes\n"), String::from("id,date,rate_type,minutes\n"));
        for (year, month, day, shift, minutes) in days {
            let shift = ["E,", "OFF,", "X,22:00-30:00", "SICK,"][shift];
            rota += &format!("{year}-{month:02}-{day:02},007,{shift},{minutes}\n");
            payroll += &format!("007,{year}-{month}-{day},OT150,{minutes}\n");
        }
        write(&out, "rota.csv", rota);
        write(&out, "payroll.csv", payroll);
        let mut paths = vec![out];
        if with_rules {
            paths.push(home.path().to_path_buf());
        }
        let (record, findings) = read_record(&paths);
        let _ = (show(&findings), render_human(&findings, Lang::Zh));
        if let Some(record) = record {
            let classes = if with_rules { Classes::Rules } else { Classes::Files(&record.classes) };
            let counted = balances(&record.case, classes, None);
            assert!(counted.iter().flat_map(|p| &p.total).all(|t| t.paid >= t.all_overtime()));
        }
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

/// The demo's case with one text replaced, or without the file where the text is empty.
fn template_with(file: &str, old: &str, new: &str) -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    let template = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/templates/three-shift");
    for entry in std::fs::read_dir(template).unwrap() {
        let path = entry.unwrap().path();
        std::fs::copy(&path, home.path().join(path.file_name().unwrap())).unwrap();
    }
    if old.is_empty() {
        std::fs::remove_file(home.path().join(file)).unwrap();
    } else {
        let text = std::fs::read_to_string(home.path().join(file)).unwrap();
        assert!(text.contains(old), "{file} has no {old}");
        write(home.path(), file, text.replacen(old, new, 1));
    }
    home
}

#[test]
fn a_fault_is_told_once_whatever_depends_on_it() {
    let faults = [
        ("shifts.csv", "08:00-17:00", "8:00am-5pm", "P303"),
        ("shifts.csv", "08:00-17:00,60", "08:00-17:00,540", "P116"),
        ("shifts.csv", "E,早班,early,08:00-17:00,60,11:00-13:30,0", "E,早班,early", "P104"),
        ("shifts.csv", "code,name", "code,code", "P103"),
        ("shifts.csv", "", "", "P002"),
        ("staff.csv", "full_time,early,,,senior", "full_time,earlyy,,,senior", "P306"),
        ("staff.csv", "0102,李娜,A,voice;chat,full_time,early,,,", "0102,李娜,A", "P104"),
        ("staff.csv", "2026-09-28", "2026-09-31", "P111"),
        ("staff.csv", "", "", "P002"),
        ("forecast.csv", "date,start,channel,volume", "date,start,volume", "P101"),
    ];
    for (file, old, new, code) in faults {
        let findings = read_case(template_with(file, old, new).path(), &ReadOptions::default()).1;
        let errors = findings.items().iter().filter(|d| d.severity == Severity::Error);
        let told: Vec<(&str, &str)> = errors.map(|d| (d.code.0, d.file.as_str())).collect();
        assert_eq!(told, [(code, file)], "{old} → {new}\n{}", show(&findings));
    }
}
