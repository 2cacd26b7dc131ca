//! Deliberately broken public instances and rotas of them: the right code at the right line, all at once, never a panic.

use paiban::base::Lang;
use paiban::diag::{Diagnostic, Diagnostics, Severity, render_human};
use paiban::io::read::{is_instance, parse_instance, read_instance, read_instance_rota};
use paiban::model::Instance;
use proptest::prelude::*;

const SOUND: &str = include_str!("data/tiny_instance.txt");

/// What is replaced by what, the code, the line, and the field that is named.
const BROKEN: &[(&str, &str, &str, usize, &str)] = &[
    ("\n14\n", "\n", "P802", 2, ""),
    ("\n14\n", "\nfourteen\n", "P115", 3, "days"),
    ("\n14\n", "\n0\n", "P116", 3, "days"),
    ("\n14\n", "\n-14\n", "P116", 3, "days"),
    ("\n14\n", "\n14.5\n", "P115", 3, "days"),
    ("\n14\n", "\n5000\n", "P116", 3, "days"),
    ("\n14\n", "\n14,28\n", "P805", 3, ""),
    ("\n14\n", "\n14\n28\n", "P402", 4, ""),
    ("SECTION_HORIZON\n14\n", "", "P802", 0, ""),
    ("# A desk", "9\n# A desk", "P806", 1, ""),
    ("SECTION_SHIFTS", "SECTION_SHIFT", "P803", 5, ""),
    ("SECTION_STAFF", "SECTION_STAFFF", "P803", 10, ""),
    ("2,Early,1,100,1\n", "SECTION_COVER\n2,Early,1,100,1\n", "P804", 42, ""),
    ("Early,480,\n", "Early\n", "P805", 7, ""),
    ("Early,480,\n", "Early,480,,Late\n", "P805", 7, ""),
    ("Early,480,\n", "Early,,\n", "P106", 7, "minutes"),
    ("Early,480,\n", ",480,\n", "P106", 7, "shift"),
    ("Early,480,\n", "Early,8h,\n", "P115", 7, "minutes"),
    ("Early,480,\n", "Early,-480,\n", "P116", 7, "minutes"),
    ("Early,480,\n", "Early,0,\n", "P116", 7, "minutes"),
    ("Early,480,\n", "Early,480,\nEarly,500,\n", "P301", 8, "shift"),
    ("540,Early", "540,Erly", "P808", 8, "shifts that cannot follow"),
    ("540,Early", "540,Early|Nihgt", "P808", 8, "shifts that cannot follow"),
    ("Bob,Early", "Ann,Early", "P201", 13, "person"),
    ("Bob,Early", ",Early", "P106", 13, "person"),
    ("Late=14,5040,3840,5,2,2,2", "Late=14,5040,3840,5,2,2", "P805", 15, ""),
    ("Late=14,5040,3840,5,2,2,2", "Late=14,5040,3840,5,2,2,2,2", "P805", 15, ""),
    ("Late=14,5040,3840,5,2,2,2", "Late=14,5040,3840,5,2,,2", "P106", 15, "min consecutive days off"),
    ("Late=14,5040,3840,5,2,2,2", "Late=14,5040,3840,5,two,2,2", "P115", 15, "min consecutive shifts"),
    ("Late=14,5040,3840,5,2,2,2", "Late=14,-1,3840,5,2,2,2", "P116", 15, "max minutes"),
    ("Late=14,5040,3840,5,2,2,2", "Late=14,3840,5040,5,2,2,2", "P204", 15, "min minutes"),
    ("Late=14,5040,3840,5,2,2,2", "Late=14,5040,3840,2,5,2,2", "P204", 15, "min consecutive shifts"),
    ("Early=6|Late=14", "Early=6|Lat=14", "P808", 15, "max shifts"),
    ("Early=6|Late=14", "Early=6|Late", "P810", 15, "max shifts"),
    ("Early=6|Late=14", "Early=6|Early=14", "P810", 15, "max shifts"),
    ("Early=6|Late=14", "Early=6|Late=many", "P115", 15, "max shifts"),
    ("Early=6|Late=14", "Early=6|Late=-1", "P116", 15, "max shifts"),
    ("Bob,8,9", "Rob,8,9", "P807", 20, "person"),
    ("Bob,8,9", "Bob", "P805", 20, ""),
    ("Bob,8,9", "Bob,8,14", "P809", 20, "day"),
    ("Bob,8,9", "Bob,8,-1", "P809", 20, "day"),
    ("Bob,8,9", "Bob,8,x", "P115", 20, "day"),
    ("Bob,8,9", "Bob,8\nBob,9", "P402", 21, ""),
    ("Ann,0,Early,2", "Anne,0,Early,2", "P807", 26, "person"),
    ("Ann,0,Early,2", "Ann,99,Early,2", "P809", 26, "day"),
    ("Ann,0,Early,2", "Ann,0,early,2", "P808", 26, "shift"),
    ("Ann,0,Early,2", "Ann,0,Early,-2", "P116", 26, "weight"),
    ("Ann,0,Early,2", "Ann,0,Early", "P805", 26, ""),
    ("Ann,1,Early,2", "Ann,0,Early,2", "P402", 27, ""),
    ("Dee,0,Late,3", "Dee,0,Late,3\nDee,0,Late,4", "P402", 35, ""),
    ("\n0,Early,1,100,1\n", "\n0,Early,1,100\n", "P805", 38, ""),
    ("\n0,Early,1,100,1\n", "\n0,Early,-1,100,1\n", "P116", 38, "required"),
    ("\n0,Early,1,100,1\n", "\n0,Early,1,a,1\n", "P115", 38, "weight for under"),
    ("\n0,Early,1,100,1\n", "\n0,Early,1,100,-1\n", "P116", 38, "weight for over"),
    ("\n0,Early,1,100,1\n", "\n0,Earli,1,100,1\n", "P808", 38, "shift"),
    ("\n0,Early,1,100,1\n", "\n14,Early,1,100,1\n", "P809", 38, "day"),
    ("\n0,Late,1,100,1\n", "\n0,Early,1,100,1\n", "P402", 39, ""),
];

fn sound() -> Instance {
    let (instance, found) = parse_instance("tiny.txt", SOUND);
    assert!(found.is_empty(), "{}", render_human(&found, Lang::En));
    instance.expect("the instance is sound")
}

fn find<'d>(found: &'d Diagnostics, code: &str, line: usize) -> &'d Diagnostic {
    let wanted = found.items().iter().find(|d| d.code.0 == code && d.line == line);
    wanted.unwrap_or_else(|| panic!("no {code} in line {line}\n{}", render_human(found, Lang::En)))
}

#[test]
fn broken_rows_are_named_with_their_place_and_field() {
    for (old, new, code, line, field) in BROKEN {
        assert!(SOUND.contains(old), "{old}");
        let (instance, found) = parse_instance("tiny.txt", &SOUND.replacen(old, new, 1));
        assert!(instance.is_none(), "{new} was read");
        let wanted = find(&found, code, *line);
        assert_eq!((wanted.severity, wanted.column.as_str()), (Severity::Error, *field), "{new}");
        assert!(!wanted.fact.zh.is_empty() && !wanted.cure.en.is_empty() && !wanted.cure.zh.is_empty());
        assert!(render_human(&found, Lang::Zh).contains(code));
        // One slip gives one finding; what a lost section or person leaves without its meaning may add some.
        let lost = matches!(*code, "P201" | "P802" | "P803");
        assert!(found.items().len() == 1 || lost && found.items().len() <= 3, "{new}: {found:?}");
    }
}

#[test]
fn a_word_that_is_nearly_right_is_offered() {
    for (old, new, offered) in [
        ("540,Early", "540,Erly", "Early"),
        ("Bob,8,9", "Boob,8,9", "Bob"),
        ("SECTION_COVER", "SECTION_COVERS", "SECTION_COVER"),
    ] {
        let (_, found) = parse_instance("tiny.txt", &SOUND.replacen(old, new, 1));
        let offers =
            |d: &Diagnostic| d.cure.en.contains(&format!("\"{offered}\"")) && d.cure.zh.contains(offered);
        assert!(found.items().iter().any(offers), "{}", render_human(&found, Lang::En));
    }
}

#[test]
fn all_faults_of_a_file_are_told_at_once() {
    let text = SOUND
        .replacen("Early,480,", "Early,480h,", 1)
        .replacen("Bob,8,9", "Rob,8,99", 1)
        .replacen("Ann,0,Early,2", "Ann,0,Early", 1)
        .replacen("13,Late,1,100,1", "13,Lte,x,100,-1", 1);
    let (_, found) = parse_instance("tiny.txt", &text);
    let codes: Vec<&str> = found.items().iter().map(|d| d.code.0).collect();
    assert_eq!(codes, ["P115", "P807", "P809", "P805", "P808", "P115", "P116"], "{found:?}");
}

#[test]
fn a_shift_without_a_limit_is_a_warning_and_never_worked() {
    let (instance, found) = parse_instance("tiny.txt", &SOUND.replacen("Early=6|Late=14", "Late=14", 1));
    assert_eq!(find(&found, "P810", 15).severity, Severity::Warning);
    assert_eq!(instance.expect("a warning only").people[3].max_shifts, [0, 14]);
}

#[test]
fn what_is_no_instance_is_told_as_that() {
    for text in ["", "# nothing\n\n", "id,name\n1,Ann\n"] {
        let (instance, found) = parse_instance("staff.csv", text);
        assert!(instance.is_none());
        find(&found, "P801", 0);
    }
}

#[test]
fn sound_texts_in_other_dress_give_the_same_instance() {
    let widened: String = SOUND.lines().map(|l| format!("{l} \t\r\n")).collect();
    let filled = SOUND.replace("\n14\n", "\n14,,,,,\n").replace("Cai,0\n", "Cai,0,,,,\n");
    let cased = format!("\u{feff}{}", SOUND.replace("SECTION_COVER", "section_cover:"));
    let wide = SOUND.replace("\n14\n", "\n１４\n").replace("Bob,8,9", "Bob，8，9");
    for text in [widened, filled, cased, wide] {
        let (instance, found) = parse_instance("tiny.txt", &text);
        assert!(found.is_empty(), "{}", render_human(&found, Lang::En));
        assert_eq!(instance, Some(sound()));
    }
}

#[test]
fn files_are_read_in_any_encoding_and_unusable_ones_are_named() {
    let home = tempfile::tempdir().expect("a folder");
    let path = home.path().join("tiny.txt");
    let chinese = SOUND.replace("Early", "早班").replace("# A desk", "# 四人组");
    let utf16: Vec<u8> =
        [0xFF, 0xFE].into_iter().chain(chinese.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    for bytes in [chinese.clone().into_bytes(), encoding_rs::GB18030.encode(&chinese).0.into_owned(), utf16] {
        std::fs::write(&path, bytes).expect("written");
        let (instance, found) = read_instance(&path);
        assert!(found.is_empty(), "{found:?}");
        let instance = instance.expect("sound");
        assert_eq!((instance.shifts[0].id.as_str(), instance.source.sha256.len()), ("早班", 64));
    }
    for (bytes, code) in
        [(&b"SECTION_HORIZON\n\xFF\xFF"[..], "P004"), (b"SECTION\0", "P005"), (b"PK\x03\x04", "P005")]
    {
        std::fs::write(&path, bytes).expect("written");
        let (instance, found) = read_instance(&path);
        assert!(instance.is_none() && found.items()[0].code.0 == code, "{found:?}");
    }
    let missing = home.path().join("other.txt");
    assert!(is_instance(&missing) && !is_instance(home.path()));
    find(&read_instance(&missing).1, "P002", 0);
    find(&read_instance(home.path()).1, "P003", 0);
}

#[test]
fn broken_rotas_are_named_with_their_place() {
    let home = tempfile::tempdir().expect("a folder");
    let path = home.path().join("rota.tsv");
    let off = "\t".repeat(13);
    let sound = format!("{off}\n{off}\n{off}\n{off}\n");
    let read = |text: &str| {
        std::fs::write(&path, text).expect("written");
        read_instance_rota(&self::sound(), &path)
    };
    let (rota, found) = read(&sound);
    assert!(rota.is_some() && found.is_empty(), "{found:?}");
    let (rota, found) = read(&sound.replace('\n', "\r\n").replacen('\t', "Early\t", 1));
    assert!(rota.is_some_and(|r| r.cells[0][0].is_some()) && found.is_empty(), "{found:?}");
    for (text, code, line) in [
        (format!("{off}\n{off}\n{off}\n"), "P811", 0),
        (format!("{sound}{off}x\n"), "P811", 0),
        (sound.replacen('\t', "Erly\t", 1), "P808", 1),
        (format!("{off}\n{off}\n{off}\n{off}\tLate\n"), "P811", 4),
    ] {
        let (rota, found) = read(&text);
        assert!(rota.is_none(), "{text:?}");
        assert_eq!(find(&found, code, line).severity, Severity::Error);
    }
    let (rota, found) = read(&format!("{off}\nLate\n{off}\n\n"));
    assert!(rota.is_some_and(|r| r.cells[1][0].is_some() && r.cells[1].len() == 14));
    assert_eq!(find(&found, "P811", 2).severity, Severity::Warning);
    std::fs::remove_file(&path).expect("removed");
    for place in [home.path(), path.as_path()] {
        find(&read_instance_rota(&self::sound(), place).1, "P002", 0);
    }
}

proptest! {
    #[test]
    fn no_text_makes_the_reader_panic(text in "(SECTION_[A-Z_]{1,8}|[A-Za-z0-9,|=#\\-\t ，早\n]{0,40}){0,8}") {
        let (instance, found) = parse_instance("any.txt", &text);
        prop_assert!(instance.is_some() || found.has_errors());
        let _ = render_human(&found, Lang::Zh);
    }

    #[test]
    fn no_damage_to_a_sound_file_makes_the_reader_panic(at in 0..SOUND.len(), len in 0usize..30, put in "[A-Z0-9,|=\n\\-早]{0,6}") {
        let end = (at + len).min(SOUND.len());
        let text = format!("{}{put}{}", &SOUND[..at], &SOUND[end..]);
        let (instance, found) = parse_instance("any.txt", &text);
        prop_assert!(instance.is_some() || found.has_errors());
        let _ = render_human(&found, Lang::En);
    }
}
