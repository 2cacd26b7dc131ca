//! The workbook and the way back: as it was written, edited, as pins, as the published rota.

use super::support::{Desk, Ended};
use calamine::{Data, Reader, Xlsx, open_workbook};
use chrono::NaiveDate;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};

/// What an editor puts into a cell.
enum Put<'a> {
    Text(&'a str),
    Date(NaiveDate),
    Nothing,
}

/// The rota sheet written anew by another hand, some cells changed. Rows and columns count from 0.
fn edited(desk: &Desk, from: &str, to: &str, changes: &[((u32, u16), Put<'_>)]) {
    let mut book: Xlsx<_> = open_workbook(desk.path(from)).expect("the workbook opens");
    let range = book.worksheet_range_at(0).expect("a sheet").expect("it can be read");
    let mut copy = Workbook::new();
    let sheet = copy.add_worksheet();
    let dated = Format::new().set_num_format("yyyy-mm-dd");
    let date = |d: NaiveDate| ExcelDateTime::parse_from_str(&d.to_string()).expect("a date");
    let (top, left) = range.start().expect("it has cells");
    for (r, c, cell) in range.used_cells() {
        let (r, c) = (top + r as u32, (left as usize + c) as u16);
        match cell {
            Data::DateTime(time) => {
                let (year, month, day, ..) = time.to_ymd_hms_milli();
                let day = NaiveDate::from_ymd_opt(year.into(), month.into(), day.into()).expect("a date");
                sheet.write_datetime_with_format(r, c, date(day), &dated).expect("a date")
            }
            Data::Float(n) => sheet.write_number(r, c, *n).expect("a number"),
            other => sheet.write_string(r, c, other.to_string()).expect("a text"),
        };
    }
    for ((r, c), put) in changes {
        match put {
            Put::Text(text) => sheet.write_string(*r, *c, *text).expect("a text"),
            Put::Date(day) => sheet.write_datetime_with_format(*r, *c, date(*day), &dated).expect("a date"),
            Put::Nothing => sheet.clear_cell(*r, *c),
        };
    }
    copy.save(desk.path(to)).expect("it can be saved");
}

/// The lines of a score, whatever is said of duties before it.
fn score(ended: &Ended) -> String {
    ended.out.split("planned anew.\n").last().unwrap_or_default().to_owned()
}

#[test]
fn the_workbook_is_read_back_as_it_was_written() {
    let desk = Desk::new();
    for lang in ["en", "zh"] {
        desk.solve(&format!("-o {lang} --lang {lang} --work-limit 2000"));
        let csv = desk.run(&format!("check case {lang}/rota.csv"));
        let book = desk.run(&format!("check case {lang}/rota.xlsx"));
        assert_eq!((book.code, &book.err), (0, &String::new()));
        assert_eq!(score(&book), score(&csv));
        assert!(book.out.contains("No hard rule is broken"), "{}", book.out);
    }
}

#[test]
fn an_edited_cell_is_that_change_and_its_finding() {
    let desk = Desk::new();
    desk.solve("-o out --work-limit 2000");
    // Row 5 of the sheet is the first person, column D the first day. An early shift behind a late one: too little rest.
    let row = [(4, 3), (4, 4)];
    edited(&desk, "out/rota.xlsx", "mine.xlsx", &[(row[0], Put::Text("L")), (row[1], Put::Text("e"))]);
    let ended = desk.run("check case mine.xlsx -o new");
    assert_eq!(ended.code, 1, "{}{}", ended.out, ended.err);
    assert!(ended.out.contains("min_rest_hours  007"), "{}", ended.out);
    // What was edited is what comes out: every other cell is as it was.
    let (old, new) = (desk.text("out/rota.csv"), desk.text("new/rota.csv"));
    let cell = |line: &str| line.split(',').take(6).map(str::to_owned).collect::<Vec<_>>();
    for (a, b) in old.lines().zip(new.lines()).skip(1) {
        let (mut a, b) = (cell(a), cell(b));
        match (a[0].as_str(), a[2].as_str()) {
            ("2026-11-02", "007") => a[5] = "L".into(),
            ("2026-11-03", "007") => a[5] = "E".into(),
            _ => {}
        }
        assert_eq!(a, b);
    }
    assert!(desk.path("new/rota.xlsx").exists());
}

#[test]
fn faults_of_an_edited_workbook_name_their_cell() {
    let desk = Desk::new();
    desk.solve("-o out --work-limit 2000");
    let date = NaiveDate::from_ymd_opt(2026, 8, 12).expect("a date");
    let changes = [((4, 3), Put::Date(date)), ((5, 4), Put::Nothing), ((6, 5), Put::Text("Q"))];
    edited(&desk, "out/rota.xlsx", "mine.xlsx", &changes);
    let ended = desk.run("check case mine.xlsx");
    assert_eq!(ended.code, 2, "{}", ended.err);
    for part in ["P118", "D5", "2026-08-12", "P106", "E6", "F7", "mine.xlsx:7"] {
        assert!(ended.err.contains(part), "{part}\n{}", ended.err);
    }
}

#[test]
fn a_workbook_can_be_pins_and_the_published_rota() {
    let desk = Desk::new();
    desk.solve("-o out --work-limit 2000");
    std::fs::copy(desk.path("out/rota.xlsx"), desk.path("case/published.xlsx")).expect("copied");
    std::fs::copy(desk.path("out/rota.xlsx"), desk.path("case/pins.xlsx")).expect("copied");
    desk.replace("case/rules.csv", "weight_request,", "weight_stability,,500,,\nweight_request,");
    let checked = desk.run("check case");
    assert_eq!((checked.code, checked.err.as_str()), (0, ""));
    desk.solve("-o again --work-limit 2000");
    let shifts = |name: &str| -> Vec<String> {
        desk.text(name).lines().map(|l| l.split(',').take(6).collect::<Vec<_>>().join(",")).collect()
    };
    assert_eq!(shifts("out/rota.csv"), shifts("again/rota.csv"));
}

#[test]
fn a_file_that_is_no_rota_is_refused_with_its_cure() {
    let desk = Desk::new();
    let mut book = Workbook::new();
    book.add_worksheet().write_string(0, 0, "budget").expect("a text");
    book.save(desk.path("budget.xlsx")).expect("saved");
    let ended = desk.run("check case budget.xlsx");
    assert_eq!(ended.code, 2);
    assert!(ended.err.contains("P011") && ended.err.contains("Sheet1"), "{}", ended.err);
    desk.put("torn.xlsx", "PK\u{3}\u{4} and nothing else");
    let ended = desk.run("check case torn.xlsx");
    assert!(ended.code == 2 && ended.err.contains("P011"), "{}", ended.err);
}

#[test]
fn a_shift_may_be_written_by_its_name() {
    let desk = Desk::new();
    desk.solve("-o out --work-limit 2000");
    let rota = desk.text("out/rota.csv");
    let named = rota.replace(",E,early", ",Early,early").replace(",L,late", ",late,late");
    assert_ne!(rota, named);
    desk.put("mine.csv", &named);
    let ended = desk.run("compare out mine.csv --message");
    assert_eq!((ended.code, ended.out.as_str()), (0, "The rota has not changed.\n"), "{}", ended.err);
    // A name that two shifts have is nobody's.
    desk.replace("case/shifts.csv", "E,Early", "E,Late");
    let ended = desk.run("check case mine.csv");
    assert!(ended.code == 2 && ended.err.contains("P302"), "{}", ended.err);
}

#[test]
fn a_published_rota_without_a_price_of_changes_is_told() {
    let desk = Desk::new();
    desk.solve("-o out --work-limit 2000");
    std::fs::copy(desk.path("out/rota.xlsx"), desk.path("case/published.xlsx")).expect("a copy");
    let ended = desk.run("check case");
    assert!(ended.code == 0 && ended.err.contains("P511"), "{}", ended.err);
    desk.replace("case/rules.csv", "weight_request,", "weight_stability,,500,,\nweight_request,");
    let ended = desk.run("check case");
    assert_eq!((ended.code, ended.err.as_str()), (0, ""));
}
