//! export: the whole month, or an instance, as an integer program.

use super::support::Desk;

/// Names of the sections of an MPS file, in order.
fn sections(text: &str) -> Vec<&str> {
    let heads = text.lines().filter(|l| !l.starts_with([' ', '*']));
    heads.filter_map(|l| l.split_whitespace().next()).collect()
}

#[test]
fn a_month_is_written_as_one_integer_program() {
    let desk = Desk::new();
    assert_eq!(desk.run("new team --template office").code, 0);
    let ended = desk.run("export team --format mps -o month.mps --lang en");
    assert_eq!(ended.code, 0, "{}", ended.err);
    let text = desk.text("month.mps");
    assert_eq!(sections(&text), ["NAME", "ROWS", "COLUMNS", "RHS", "BOUNDS", "ENDATA"]);
    let rows = text.lines().filter(|l| [" E ", " L ", " G "].iter().any(|s| l.starts_with(s))).count();
    assert!(ended.err.contains(&format!("{rows} rows")) || ended.out.contains(&format!("{rows} rows")));
    assert!(text.contains(" x_7_0_0 cost "), "the eighth person has a choice on the first day");
    let again = desk.run("export team --format mps -o month.mps");
    assert_eq!(again.code, 2, "a file is not overwritten");
    assert_eq!(desk.run("export team -o month.mps --force").code, 0);
    assert_eq!(desk.text("month.mps"), text, "the same case gives the same file");
}

#[test]
fn an_instance_is_written_to_stdout() {
    let desk = Desk::new();
    desk.put("tiny.txt", include_str!("../data/tiny_instance.txt"));
    let ended = desk.run("export tiny.txt");
    assert_eq!(ended.code, 0, "{}", ended.err);
    assert_eq!(sections(&ended.out).last(), Some(&"ENDATA"));
}

#[test]
fn the_form_of_the_file_belongs_to_export() {
    let desk = Desk::new();
    let ended = desk.run("rules --format mps");
    assert_eq!(ended.code, 2);
    assert!(ended.err.contains("--format mps"), "{}", ended.err);
}
