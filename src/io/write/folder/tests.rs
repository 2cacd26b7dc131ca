use super::*;
use std::collections::BTreeMap;

fn sample(text: &str) -> Vec<OutputFile> {
    vec![
        OutputFile { name: "rota.csv".into(), bytes: text.as_bytes().to_vec() },
        OutputFile { name: "score.csv".into(), bytes: b"score".to_vec() },
    ]
}

fn content(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    entries
        .map(|e| (e.file_name().to_string_lossy().into_owned(), fs::read(e.path()).unwrap_or_default()))
        .collect()
}

/// Writes files that nothing stands in the way of.
fn written(folder: &Path, files: &[OutputFile], force: bool) {
    assert_eq!(code(write_folder(folder, files, force)), None);
}

fn code(result: Result<(), Box<Diagnostic>>) -> Option<Code> {
    result.err().map(|d| d.code)
}

#[test]
fn a_new_folder_is_made_with_its_parents_and_nothing_else() -> io::Result<()> {
    let home = tempfile::tempdir()?;
    let out = home.path().join("a/b/out");
    written(&out, &sample("one"), false);
    let names: Vec<String> = content(&out).into_keys().collect();
    assert_eq!(names, [".paiban.json", "rota.csv", "score.csv"]);
    assert_eq!(content(&home.path().join("a/b")).len(), 1);
    Ok(())
}

#[test]
fn own_files_are_replaced_and_foreign_files_stay() -> io::Result<()> {
    let home = tempfile::tempdir()?;
    let out = home.path().join("out");
    written(&out, &sample("one"), false);
    fs::write(out.join("notes.txt"), "mine")?;
    written(&out, &sample("two"), false);
    let files = content(&out);
    assert_eq!(files.len(), 4);
    assert_eq!((&files["rota.csv"][..], &files["notes.txt"][..]), (&b"two"[..], &b"mine"[..]));
    Ok(())
}

#[test]
fn own_files_without_a_successor_go_unless_they_were_changed() -> io::Result<()> {
    let home = tempfile::tempdir()?;
    let out = home.path().join("out");
    let file = |name: &'static str| OutputFile { name: name.into(), bytes: b"one".to_vec() };
    written(&out, &[file("rota.csv"), file("grid.csv"), file("summary.json")], false);
    fs::write(out.join("grid.csv"), "mine")?;
    fs::write(out.join("notes.txt"), "mine")?;
    written(&out, &[file("rota.tsv"), file("summary.json")], false);
    let names: Vec<String> = content(&out).into_keys().collect();
    assert_eq!(names, [".paiban.json", "grid.csv", "notes.txt", "rota.tsv", "summary.json"]);
    Ok(())
}

#[test]
fn an_edited_file_is_only_overwritten_by_force() -> io::Result<()> {
    let home = tempfile::tempdir()?;
    let out = home.path().join("out");
    written(&out, &sample("one"), false);
    fs::write(out.join("rota.csv"), "edited by hand")?;
    assert_eq!(code(write_folder(&out, &sample("two"), false)), Some(codes::OUTPUT_EDITED));
    assert!(check_folder(&out, &["rota.csv"], false).has_errors());
    assert_eq!(content(&out)["rota.csv"], b"edited by hand");
    written(&out, &sample("two"), true);
    assert_eq!(content(&out)["rota.csv"], b"two");
    Ok(())
}

#[test]
fn a_folder_with_other_things_is_refused() -> io::Result<()> {
    let home = tempfile::tempdir()?;
    fs::write(home.path().join("letter.doc"), "x")?;
    assert_eq!(code(write_folder(home.path(), &sample("x"), false)), Some(codes::OUTPUT_FOREIGN));
    assert_eq!(content(home.path()).len(), 1);
    Ok(())
}

#[test]
fn an_empty_folder_is_filled() -> io::Result<()> {
    let home = tempfile::tempdir()?;
    written(home.path(), &sample("x"), false);
    assert_eq!(content(home.path()).len(), 3);
    Ok(())
}

#[test]
fn a_file_in_place_of_the_folder_or_its_parent_is_refused() -> io::Result<()> {
    let home = tempfile::tempdir()?;
    let file = home.path().join("file");
    fs::write(&file, "x")?;
    assert_eq!(code(write_folder(&file, &sample("x"), true)), Some(codes::OUTPUT_BLOCKED));
    assert_eq!(code(write_folder(&file.join("out"), &sample("x"), true)), Some(codes::OUTPUT_BLOCKED));
    assert_eq!(content(home.path()).len(), 1);
    Ok(())
}

#[test]
fn a_folder_in_place_of_a_file_is_refused_and_nothing_changes() -> io::Result<()> {
    let home = tempfile::tempdir()?;
    let out = home.path().join("out");
    fs::create_dir_all(out.join("score.csv"))?;
    assert_eq!(code(write_folder(&out, &sample("x"), true)), Some(codes::OUTPUT_BLOCKED));
    assert_eq!(content(&out).len(), 1);
    Ok(())
}

#[test]
fn a_step_that_fails_is_undone() -> io::Result<()> {
    let home = tempfile::tempdir()?;
    let out = home.path().join("out");
    written(&out, &sample("one"), false);
    let before = content(&out);
    let mut files = sample("two");
    files.push(OutputFile { name: "rota.csv/place.csv".into(), bytes: Vec::new() });
    assert!(write_folder(&out, &files, false).is_err());
    assert_eq!(content(&out), before);
    let fresh = home.path().join("x/y");
    assert!(write_folder(&fresh, &files, false).is_err());
    assert!(!home.path().join("x").exists());
    Ok(())
}

#[cfg(unix)]
#[test]
fn a_read_only_parent_is_refused_before_the_work() -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let home = tempfile::tempdir()?;
    let parent = home.path().join("locked");
    fs::create_dir(&parent)?;
    fs::set_permissions(&parent, fs::Permissions::from_mode(0o555))?;
    // The superuser may write anywhere; then there is nothing to see.
    if tempfile::tempdir_in(&parent).is_err() {
        assert!(check_folder(&parent.join("out"), &["rota.csv"], false).has_errors());
        assert!(write_folder(&parent.join("out"), &sample("x"), false).is_err());
    }
    fs::set_permissions(&parent, fs::Permissions::from_mode(0o755))?;
    Ok(())
}

#[test]
fn files_in_a_folder_inside_are_replaced_one_by_one() -> io::Result<()> {
    let home = tempfile::tempdir()?;
    let out = home.path().join("out");
    let file =
        |name: &'static str, text: &str| OutputFile { name: name.into(), bytes: text.as_bytes().to_vec() };
    written(&out, &[file("rota.csv", "one"), file("ics/1.ics", "one"), file("ics/2.ics", "one")], false);
    fs::write(out.join("ics/mine.ics"), "mine")?;
    // Somebody has left; what is not ours stays.
    written(&out, &[file("rota.csv", "two"), file("ics/1.ics", "two")], false);
    let files = content(&out.join("ics"));
    let names: Vec<&str> = files.keys().map(String::as_str).collect();
    assert_eq!(names, ["1.ics", "mine.ics"]);
    assert_eq!(files["1.ics"], b"two");
    // An edited file is not written over.
    fs::write(out.join("ics/1.ics"), "edited")?;
    let again = write_folder(&out, &[file("rota.csv", "three"), file("ics/1.ics", "three")], false);
    assert_eq!(code(again), Some(codes::OUTPUT_EDITED));
    assert_eq!(fs::read(out.join("rota.csv"))?, b"two");
    Ok(())
}
