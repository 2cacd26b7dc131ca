//! export --template: five layouts of tables that other systems export, filled and read back.

use super::support::Desk;
use calamine::{Data, Reader, Xlsx, open_workbook};
use rust_xlsxwriter::{Format, Formula, Workbook, Worksheet};
use std::collections::BTreeMap;

/// Shift, `OFF` or leave by id and day of November.
fn rota(desk: &Desk) -> BTreeMap<(String, u32), String> {
    let text = desk.text("out/rota.csv");
    let rows = text.lines().skip(1).map(|l| {
        let plain = l.replace("\"'=Li, Na\"", "Li");
        let cells: Vec<&str> = plain.split(',').collect();
        let day = cells[0][8..].parse().expect("a day");
        ((cells[2].to_owned(), day), cells[5].to_owned())
    });
    rows.collect()
}

/// A template of one layout, filled: what stands in each cell.
fn filled(desk: &Desk, more: &str, layout: impl FnOnce(&mut Worksheet)) -> BTreeMap<(u32, u32), String> {
    let mut book = Workbook::new();
    book.add_worksheet().set_name("说明").expect("a name").write_string(0, 0, "先看这里").expect("a text");
    layout(book.add_worksheet().set_name("排班 & 表").expect("a name"));
    book.save(desk.path("theirs.xlsx")).expect("saved");
    let ended = desk.run(&format!("export out --template theirs.xlsx -o filled.xlsx --force {more}"));
    assert_eq!(ended.code, 0, "{}{}", ended.out, ended.err);
    let mut book: Xlsx<_> = open_workbook(desk.path("filled.xlsx")).expect("it opens");
    assert_eq!(book.sheet_names(), ["说明", "排班 & 表"]);
    let range = book.worksheet_range("排班 & 表").expect("the sheet");
    let (top, left) = range.start().expect("cells");
    let shown = |d: &Data| if let Data::Float(n) = d { n.to_string() } else { d.to_string() };
    range.used_cells().map(|(r, c, d)| ((top + r as u32, left + c as u32), shown(d))).collect()
}

fn text(sheet: &mut Worksheet, row: u32, column: u16, text: &str) {
    sheet.write_string(row, column, text).expect("a text");
}

/// What must stand in the row of a person whose first day is in `column`.
fn is_row(desk: &Desk, cells: &BTreeMap<(u32, u32), String>, id: &str, (row, column): (u32, u32), off: &str) {
    let rota = rota(desk);
    for day in 2..=8 {
        let want = match rota[&(id.to_owned(), day)].as_str() {
            "OFF" => off,
            other => other,
        };
        assert_eq!(cells[&(row, column + day - 2)], want, "{id} on {day}");
    }
}

fn desk() -> Desk {
    let desk = Desk::new();
    desk.solve("-o out --work-limit 2000");
    desk
}

#[test]
fn whole_dates_below_a_merged_title() {
    let desk = desk();
    let cells = filled(&desk, "", |s| {
        let f = Format::new();
        s.merge_range(0, 0, 0, 9, "2026年11月 客服中心排班表", &f).expect("merged");
        text(s, 1, 0, "姓名");
        text(s, 1, 1, "工号");
        (2..=8).for_each(|d| text(s, 1, d as u16, &format!("2026-11-{d:02}")));
        // The order is theirs; one row names nobody, one stands below the totals.
        for (r, (name, id)) in [("王芳", "E3"), ("赵某", "X9"), ("张伟", "007")].into_iter().enumerate()
        {
            text(s, 2 + r as u32, 0, name);
            text(s, 2 + r as u32, 1, id);
        }
        text(s, 5, 0, "合计");
        text(s, 6, 1, "E2");
    });
    is_row(&desk, &cells, "E3", (2, 2), "OFF");
    is_row(&desk, &cells, "007", (4, 2), "OFF");
    assert!(!cells.contains_key(&(3, 2)) && !cells.contains_key(&(6, 2)));
    assert_eq!(cells[&(0, 0)], "2026年11月 客服中心排班表");
    let said = desk.run("export out --template theirs.xlsx");
    for part in ["A dry run: 14 cells of 2 people", "E2 =Li, Na", "B4 X9"] {
        assert!(said.out.contains(part), "{part}\n{}", said.out);
    }
}

#[test]
fn month_and_day_with_strokes_and_people_by_name() {
    let desk = desk();
    let cells = filled(&desk, "--lang zh", |s| {
        text(s, 3, 1, "员工姓名");
        (2..=8).for_each(|d| text(s, 3, 1 + d as u16, &format!("11/{d}")));
        text(s, 4, 1, "张伟");
        text(s, 5, 1, "王芳");
    });
    is_row(&desk, &cells, "007", (4, 3), "休息");
    is_row(&desk, &cells, "E3", (5, 3), "休息");
}

#[test]
fn chinese_dates_with_weekdays_and_their_own_words() {
    let desk = desk();
    desk.put("words.csv", "班次,班次编号\nE,早班\nL,晚班\nOFF,放休\nANNUAL,假\n");
    let cells = filled(&desk, "--shifts words.csv", |s| {
        text(s, 0, 0, "工号");
        text(s, 0, 1, "姓名");
        (2..=8).for_each(|d| text(s, 0, d as u16, &format!("11月{d}日")));
        ["一", "二", "三", "四", "五", "六", "日"]
            .iter()
            .enumerate()
            .for_each(|(i, w)| text(s, 1, 2 + i as u16, &format!("周{w}")));
        text(s, 2, 0, "E2");
        // A formula in the way is left, a coloured cell keeps its colour.
        s.write_formula(2, 2, Formula::new("=1+1").set_result("2")).expect("a formula");
        s.write_blank(2, 3, &Format::new().set_background_color("FFEEAA")).expect("a blank");
    });
    assert_eq!(cells[&(2, 2)], "2");
    let rota = rota(&desk);
    for day in 3..=8 {
        let theirs = match rota[&("E2".to_owned(), day)].as_str() {
            "E" => "早班",
            "L" => "晚班",
            "OFF" => "放休",
            _ => "假",
        };
        assert_eq!(cells[&(2, day)], theirs, "{day}");
    }
    assert_eq!(cells[&(1, 2)], "周一");
}

#[test]
fn days_of_the_month_in_two_styles() {
    let desk = desk();
    let cells = filled(&desk, "", |s| {
        text(s, 0, 0, "姓名");
        text(s, 0, 1, "工号");
        (1..=10).for_each(|d| text(s, 0, 1 + d as u16, &format!("{d}日")));
        text(s, 1, 0, "张伟");
        text(s, 1, 1, "007");
    });
    is_row(&desk, &cells, "007", (1, 3), "OFF");
    // The first and the ninth are not in the rota.
    assert!(!cells.contains_key(&(1, 2)) && !cells.contains_key(&(1, 10)));
    let cells = filled(&desk, "", |s| {
        text(s, 1, 0, "组别");
        text(s, 1, 1, "工号");
        (2..=8_u16).for_each(|d| {
            s.write_number(1, 5 + d, f64::from(d)).expect("a number");
        });
        s.write_number(2, 1, 7).expect("an id without its zeros is nobody's where another row has it whole");
        text(s, 3, 1, "007");
    });
    is_row(&desk, &cells, "007", (3, 7), "OFF");
    assert!(!cells.contains_key(&(2, 7)));
    // Where no row has it whole, the spreadsheet program has lost the zeros.
    let cells = filled(&desk, "", |s| {
        text(s, 0, 0, "工号");
        (2..=8).for_each(|d| text(s, 0, d - 1, &format!("11/{d}")));
        s.write_number(1, 0, 7).expect("a number");
    });
    is_row(&desk, &cells, "007", (1, 1), "OFF");
}

#[test]
fn a_table_into_which_nothing_fits_is_refused() {
    let desk = desk();
    for (id, date, why) in [
        ("X9", "2026-11-0", "Nobody of the rota has a row"),
        ("007", "2027-03-0", "has the dates 2027-03-02"),
    ] {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        text(sheet, 0, 0, "工号");
        (2..=8).for_each(|d| text(sheet, 0, d - 1, &format!("{date}{d}")));
        text(sheet, 1, 0, id);
        book.save(desk.path("theirs.xlsx")).expect("saved");
        let ended = desk.run("export out --template theirs.xlsx -o filled.xlsx");
        assert!(ended.code == 2 && ended.err.contains(why), "{why}\n{}{}", ended.out, ended.err);
        assert!(!desk.path("filled.xlsx").exists());
    }
}

#[test]
fn a_table_without_dates_is_refused() {
    let desk = desk();
    let mut book = Workbook::new();
    text(book.add_worksheet(), 0, 0, "姓名");
    book.save(desk.path("theirs.xlsx")).expect("saved");
    let ended = desk.run("export out --template theirs.xlsx -o filled.xlsx");
    assert!(ended.code == 2 && ended.err.contains("P011"), "{}", ended.err);
    desk.put("theirs.xlsx", "姓名,工号\n");
    assert_eq!(desk.run("export out --template theirs.xlsx -o filled.xlsx").code, 2);
    assert!(!desk.path("filled.xlsx").exists());
}
