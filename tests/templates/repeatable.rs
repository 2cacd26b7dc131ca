//! The same inputs, seed and work limit give the same files on any number of threads.

use crate::support::Desk;
use std::collections::BTreeMap;

/// All files of a folder and of those in it; `seconds` and `threads` of the summary are taken out.
fn contents(desk: &Desk, folder: &str) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for entry in std::fs::read_dir(desk.path(folder)).expect("the folder is there").flatten() {
        let name = entry.file_name().to_string_lossy().to_string();
        if entry.path().is_dir() {
            let inside = contents(desk, &format!("{folder}/{name}"));
            files.extend(inside.into_iter().map(|(file, bytes)| (format!("{name}/{file}"), bytes)));
            continue;
        }
        let mut bytes = std::fs::read(entry.path()).expect("a file can be read");
        if name == "summary.json" {
            let mut summary = desk.summary(folder);
            let map = summary.as_object_mut().expect("summary.json is an object");
            map.remove("seconds");
            map.remove("threads");
            bytes = summary.to_string().into_bytes();
        }
        if !name.starts_with('.') {
            files.insert(name, bytes);
        }
    }
    files
}

fn same_on_one_and_two_threads(template: &str, work: &str) {
    let desk = Desk::new();
    desk.must(&["new", "case", "--template", template]);
    for threads in ["1", "2"] {
        let out = format!("out{threads}");
        desk.must(&["solve", "case", "-o", &out, "--work-limit", work, "--seed", "7", "--threads", threads]);
    }
    let (one, two) = (contents(&desk, "out1"), contents(&desk, "out2"));
    assert_eq!(one.keys().collect::<Vec<_>>(), two.keys().collect::<Vec<_>>());
    for (name, bytes) in &one {
        assert!(two[name] == *bytes, "{name} differs between one and two threads");
    }
}

#[test]
fn one_and_two_threads_write_the_same_bytes_on_a_small_case() {
    same_on_one_and_two_threads("office", "20000000");
}

#[test]
fn one_and_two_threads_write_the_same_bytes_on_two_shifts() {
    same_on_one_and_two_threads("two-shift", "20000000");
}
