//! A template's month, moved to any month of a year, with the rotas before it as its history.

use crate::support::{Desk, Row, wants_honest_figures};
use chrono::{Datelike, Days, Months, NaiveDate};
use std::collections::BTreeMap;

/// Files that are about one month.
const OF_A_MONTH: [&str; 7] =
    ["history.csv", "forecast.csv", "demand.csv", "leave.csv", "requests.csv", "pins.csv", "calendar.csv"];
/// Columns of a rota that its history keeps.
const KEPT: [&str; 7] = ["date", "id", "name", "shift", "band", "times", "paid_minutes"];

/// A centre that is planned month by month.
pub(crate) struct Centre {
    pub(crate) desk: Desk,
    /// Rows of the forecast or demand of a whole week of the template, by weekday.
    week: BTreeMap<u32, Vec<Row>>,
    load: &'static str,
    history: Vec<Row>,
}

impl Centre {
    /// A template whose load of the week from `monday` on comes again every week.
    pub(crate) fn new(template: &str, load: &'static str, monday: &str) -> Self {
        let desk = Desk::new();
        desk.must(&["new", "base", "--template", template]);
        let monday: NaiveDate = monday.parse().expect("a date");
        assert_eq!(monday.weekday(), chrono::Weekday::Mon);
        let mut week: BTreeMap<u32, Vec<Row>> = BTreeMap::new();
        for row in desk.rows(&format!("base/{load}")) {
            let date: NaiveDate = row["date"].parse().expect("a date");
            if (monday..monday + Days::new(7)).contains(&date) {
                week.entry(date.weekday().num_days_from_monday()).or_default().push(row);
            }
        }
        assert_eq!(week.len(), 7);
        for file in OF_A_MONTH {
            let _ = std::fs::remove_file(desk.path(&format!("base/{file}")));
        }
        Self { desk, week, load, history: Vec::new() }
    }

    /// Adds lines to a file of every month to come.
    pub(crate) fn append(&self, file: &str, lines: &str) {
        let text = self.desk.text(&format!("base/{file}"));
        self.desk.put(&format!("base/{file}"), &format!("{}\n{lines}", text.trim_end()));
    }

    /// Plans a month with files of its own; the rows of its rota and of its hours.
    pub(crate) fn plan(
        &mut self,
        month: &str,
        files: &[(&str, String)],
        limits: &[&str],
    ) -> (Vec<Row>, Vec<Row>) {
        let case = self.case(month, files);
        let rota = format!("rota-{month}");
        let mut args = vec!["solve", &case, "-o", &rota, "--month", month, "--seed", "1"];
        args.extend_from_slice(limits);
        self.desk.must(&args);
        self.desk.must(&["check", &case, &rota]);
        wants_honest_figures(&self.desk, &rota);
        let rows = self.desk.rows(&format!("{rota}/rota.csv"));
        let kept = |row: &Row| KEPT.iter().map(|k| ((*k).to_owned(), row[*k].clone())).collect();
        self.history.extend(rows.iter().map(kept));
        (rows, self.desk.rows(&format!("{rota}/hours.csv")))
    }

    /// Tries to plan a month; the exit code and what was said.
    pub(crate) fn attempt(&self, month: &str, limits: &[&str]) -> (i32, String) {
        let case = self.case(month, &[]);
        let mut args = vec!["solve", &case, "-o", "attempt", "--month", month, "--seed", "1"];
        args.extend_from_slice(limits);
        self.desk.run(&args)
    }

    /// Writes the folder of a month; its name.
    fn case(&self, month: &str, files: &[(&str, String)]) -> String {
        let case = format!("case-{month}");
        std::fs::create_dir_all(self.desk.path(&case)).expect("a folder can be made");
        for entry in std::fs::read_dir(self.desk.path("base")).expect("a folder") {
            let name = entry.expect("an entry").file_name().to_string_lossy().into_owned();
            self.desk.put(&format!("{case}/{name}"), &self.desk.text(&format!("base/{name}")));
        }
        self.desk.put(&format!("{case}/{}", self.load), &table(&self.load_of(month)));
        if !self.history.is_empty() {
            self.desk.put(&format!("{case}/history.csv"), &table(&self.history));
        }
        for (file, text) in files {
            self.desk.put(&format!("{case}/{file}"), text);
        }
        case
    }

    fn load_of(&self, month: &str) -> Vec<Row> {
        let first: NaiveDate = format!("{month}-01").parse().expect("a month");
        let dates = first.iter_days().take_while(|d| *d < first + Months::new(1));
        let of = |date: NaiveDate| {
            let rows = &self.week[&date.weekday().num_days_from_monday()];
            rows.iter().map(move |row| {
                let mut row = row.clone();
                row.insert("date".into(), date.to_string());
                row
            })
        };
        dates.flat_map(of).collect()
    }
}

/// The months of a year.
pub(crate) fn months_of(year: i32) -> impl Iterator<Item = String> {
    (1..=12).map(move |m| format!("{year}-{m:02}"))
}

/// Rows as CSV.
pub(crate) fn table(rows: &[Row]) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let Some(first) = rows.first() else { return String::new() };
    writer.write_record(first.keys()).expect("a header");
    for row in rows {
        writer.write_record(row.values()).expect("a row");
    }
    String::from_utf8(writer.into_inner().expect("written")).expect("UTF-8")
}
