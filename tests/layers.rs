//! Holds the table of dependencies between the rooms of `src/`: reads every `crate::` path in the code (comments and
//! test modules apart) and fails on any that goes upward or sideways.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Room, and the rooms that it may know. `*` knows all.
const TABLE: &[(&str, &[&str])] = &[
    ("base", &[]),
    ("diag", &["base"]),
    ("calendar", &["base", "diag"]),
    ("rules", &["base", "diag", "calendar"]),
    ("model", &["base", "diag", "calendar", "rules"]),
    ("staffing", &["base", "diag", "calendar", "rules", "model"]),
    ("forecast", &["base", "calendar", "model"]),
    ("simulate", &["base", "rules", "model", "staffing"]),
    ("pay", &["base", "diag", "calendar", "rules", "model"]),
    ("io::read", &["base", "diag", "calendar", "rules", "model", "io"]),
    ("io", &["base", "diag", "calendar", "rules", "model"]),
    ("check", &["base", "diag", "calendar", "rules", "model", "pay"]),
    ("problem", &["base", "diag", "calendar", "rules", "model"]),
    ("lp", &["base"]),
    ("intraday", &["base", "diag", "calendar", "rules", "model", "lp", "problem"]),
    ("solve", &["base", "diag", "calendar", "rules", "model", "lp", "problem", "intraday"]),
    ("explain", &["base", "diag", "calendar", "rules", "model", "problem"]),
    (
        "report",
        &[
            "base", "diag", "calendar", "rules", "model", "staffing", "pay", "check", "problem", "intraday",
            "solve", "explain", "simulate",
        ],
    ),
    (
        "io::write",
        &[
            "base", "diag", "calendar", "rules", "model", "staffing", "pay", "check", "solve", "explain",
            "report", "io", "simulate", "forecast",
        ],
    ),
    ("templates", &["base"]),
    ("cli", &["*"]),
    ("lib", &["*"]),
    ("main", &["*"]),
];

/// Rooms that have rooms of their own inside.
const HALLS: [&str; 1] = ["io"];

#[test]
fn no_room_knows_a_higher_one() {
    let table: BTreeMap<&str, &[&str]> = TABLE.iter().copied().collect();
    let mut wrong = Vec::new();
    for file in sources(Path::new(env!("CARGO_MANIFEST_DIR")).join("src").as_path()) {
        let name = file.strip_prefix(env!("CARGO_MANIFEST_DIR")).unwrap_or(&file).display().to_string();
        let room = room_of(&name);
        let text = std::fs::read_to_string(&file).expect("a source file can be read");
        for (line, target) in paths(&text) {
            let allowed = table.get(room.as_str()).copied().unwrap_or(&["*"]);
            let known = table.contains_key(target.as_str());
            if known && target != room && !allowed.contains(&"*") && !allowed.contains(&target.as_str()) {
                wrong.push(format!("{name}:{line}: {room} must not know {target}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_room_stands_in_the_table() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let listed: BTreeSet<&str> = TABLE.iter().map(|(r, _)| r.split("::").next().unwrap_or(r)).collect();
    for entry in std::fs::read_dir(src).expect("the sources are there").flatten() {
        let name = entry.file_name().to_string_lossy().replace(".rs", "");
        assert!(listed.contains(name.as_str()) || facade(&name), "{name} is not in the table of rooms");
    }
}

#[test]
fn paths_are_found_however_they_are_written() {
    let text = "use crate::model::{Case, Rota};\nuse crate::{base::Span, check};\nlet x = crate::io::read::case();\n\
                /// [`crate::cli`]\n#[cfg(test)]\nmod tests {\n use crate::solve::x;\n}\n";
    let found: Vec<String> = paths(text).into_iter().map(|(_, t)| t).collect();
    assert_eq!(found, ["model", "base", "check", "io::read"]);
}

/// Files beside `lib.rs` that belong to the facade.
fn facade(name: &str) -> bool {
    matches!(name, "facade" | "run")
}

/// The room of a file such as `src/io/read/staff.rs`.
fn room_of(name: &str) -> String {
    let parts: Vec<&str> =
        name.trim_start_matches("src/").trim_end_matches(".rs").split('/').filter(|p| *p != "mod").collect();
    let first = parts.first().copied().unwrap_or("lib");
    match parts.get(1) {
        Some(second) if HALLS.contains(&first) && matches!(*second, "read" | "write") => {
            format!("{first}::{second}")
        }
        _ if facade(first) => "lib".to_string(),
        _ => first.to_string(),
    }
}

/// Rooms named behind `crate::`, with the line, comments and `#[cfg(test)]` modules apart.
fn paths(text: &str) -> Vec<(usize, String)> {
    let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or(text);
    let mut found = Vec::new();
    let mut offset = 0;
    while let Some(at) = code[offset..].find("crate::") {
        let start = offset + at;
        offset = start + "crate::".len();
        let line_start = code[..start].rfind('\n').map_or(0, |i| i + 1);
        if code[line_start..start].trim_start().starts_with("//") || code[..start].ends_with("$") {
            continue;
        }
        let line = code[..start].matches('\n').count() + 1;
        let rest = &code[offset..];
        if let Some(inner) = rest.strip_prefix('{') {
            found.extend(branches(inner).into_iter().map(|b| (line, target(b))));
        } else {
            found.push((line, target(rest)));
        }
    }
    found
}

/// The top-level members of a `{a::b, c::{d, e}}` group, given what follows its opening brace.
fn branches(inner: &str) -> Vec<&str> {
    let (mut depth, mut from, mut out) = (0, 0, Vec::new());
    for (i, c) in inner.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => {
                out.push(inner[from..i].trim());
                break;
            }
            '}' => depth -= 1,
            ',' if depth == 0 => {
                out.push(inner[from..i].trim());
                from = i + 1;
            }
            _ => {}
        }
    }
    out.retain(|b| !b.is_empty());
    out
}

/// The room that a path such as `io::read::case()` begins with.
fn target(path: &str) -> String {
    let mut parts = path.split("::").map(|p| {
        let end = p.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(p.len());
        &p[..end]
    });
    let first = parts.next().unwrap_or_default();
    match parts.next() {
        Some(second) if HALLS.contains(&first) && matches!(second, "read" | "write") => {
            format!("{first}::{second}")
        }
        _ => first.to_string(),
    }
}

/// All `.rs` files below a folder that are not test modules of their own.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a source folder can be read").flatten() {
        let path = entry.path();
        if path.is_dir() {
            if path.file_name().is_some_and(|n| n != "tests") {
                files.extend(sources(&path));
            }
        } else if path.extension().is_some_and(|e| e == "rs") {
            let stem = path.file_stem().map(|s| s.to_string_lossy().to_string()).unwrap_or_default();
            if stem != "tests" && !stem.ends_with("_tests") && !stem.starts_with("test_") {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}
