//! The sections of an instance file: what each holds, and which rows stand in it.

use super::super::cell::{Log, with_nearest};
use super::rows::Row;
use crate::base::Text;
use crate::diag::{Diagnostic, SourceLine, codes, shorten};

/// What a section is called and what its rows hold.
pub(super) struct Form {
    /// Heading.
    pub(super) name: &'static str,
    /// Names of the fields.
    pub(super) fields: &'static [&'static str],
    /// Fields that every row must have.
    pub(super) least: usize,
    /// Whether the last field may be repeated.
    pub(super) open: bool,
    /// Whether a file needs it.
    pub(super) needed: bool,
}

const REQUEST: &[&str] = &["person", "day", "shift", "weight"];

pub(super) const HORIZON: usize = 0;
pub(super) const SHIFTS: usize = 1;
pub(super) const STAFF: usize = 2;
pub(super) const DAYS_OFF: usize = 3;
pub(super) const ON_REQUESTS: usize = 4;
pub(super) const OFF_REQUESTS: usize = 5;
pub(super) const COVER: usize = 6;

/// All sections, by the numbers above.
pub(super) const FORMS: [Form; 7] = [
    Form { name: "SECTION_HORIZON", fields: &["days"], least: 1, open: false, needed: true },
    Form {
        name: "SECTION_SHIFTS",
        fields: &["shift", "minutes", "shifts that cannot follow"],
        least: 2,
        open: false,
        needed: true,
    },
    Form {
        name: "SECTION_STAFF",
        fields: &[
            "person",
            "max shifts",
            "max minutes",
            "min minutes",
            "max consecutive shifts",
            "min consecutive shifts",
            "min consecutive days off",
            "max weekends",
        ],
        least: 8,
        open: false,
        needed: true,
    },
    Form { name: "SECTION_DAYS_OFF", fields: &["person", "day"], least: 2, open: true, needed: false },
    Form { name: "SECTION_SHIFT_ON_REQUESTS", fields: REQUEST, least: 4, open: false, needed: false },
    Form { name: "SECTION_SHIFT_OFF_REQUESTS", fields: REQUEST, least: 4, open: false, needed: false },
    Form {
        name: "SECTION_COVER",
        fields: &["day", "shift", "required", "weight for under", "weight for over"],
        least: 5,
        open: false,
        needed: true,
    },
];

/// The rows of all sections, by number.
pub(super) struct Sheet<'t> {
    pub(super) rows: [Vec<Row<'t>>; 7],
}

/// Takes a file apart; `None` when it is no instance at all.
pub(super) fn split<'t>(file: &'t str, text: &'t str, log: &mut Log) -> Option<Sheet<'t>> {
    let mut sheet = Sheet { rows: Default::default() };
    let mut seen: [Option<usize>; 7] = [None; 7];
    let mut current = Place::Nowhere;
    let mut stray: Option<(usize, &str)> = None;
    for (i, raw) in text.lines().enumerate() {
        let line = raw.trim();
        if line.trim_end_matches([',', '，', ' ']).is_empty() || line.starts_with('#') {
            continue;
        }
        if let Some(heading) = heading(line) {
            current = open(file, (i + 1, raw), &heading, &mut seen, log);
            continue;
        }
        match current {
            Place::Section(n) => sheet.rows[n].push(Row::new(file, &FORMS[n], i + 1, raw)),
            Place::Unknown => {}
            Place::Nowhere => stray = stray.or(Some((i + 1, raw))),
        }
    }
    if seen.iter().all(Option::is_none) && matches!(current, Place::Nowhere) {
        log.findings.push(no_instance(file));
        return None;
    }
    if let Some((line, raw)) = stray {
        let fact = Text::new("a row above the first section", "第一个部分之前有数据行");
        let cure = Text::new(
            "put it below its SECTION_ heading, or begin it with #",
            "请移到相应的 SECTION_ 之下，或以 # 开头",
        );
        let source = Some(SourceLine::marked(raw, None));
        log.findings.push(Diagnostic::error(codes::STRAY_ROW, fact, cure).at(file, line).with_source(source));
    }
    for (form, (rows, seen)) in FORMS.iter().zip(sheet.rows.iter().zip(seen)) {
        if form.needed && rows.is_empty() {
            log.findings.push(missing(file, form, seen));
        }
        for row in rows.iter().filter(|r| !r.whole) {
            log.findings.push(row.count_fault());
        }
    }
    Some(sheet)
}

#[derive(Clone, Copy)]
enum Place {
    Nowhere,
    Section(usize),
    Unknown,
}

/// The heading that a line is, without what a spreadsheet program adds.
fn heading(line: &str) -> Option<String> {
    let word = line.trim_end_matches([',', '，', ':', '：', ' ']).to_ascii_uppercase();
    word.starts_with("SECTION_").then_some(word)
}

fn open(
    file: &str,
    (line, raw): (usize, &str),
    heading: &str,
    seen: &mut [Option<usize>; 7],
    log: &mut Log,
) -> Place {
    let source = Some(SourceLine::marked(raw, None));
    let Some(n) = FORMS.iter().position(|f| f.name == heading) else {
        let v = shorten(heading);
        let names: Vec<&str> = FORMS.iter().map(|f| f.name).collect();
        let fact = Text::new(format!("there is no section \"{v}\""), format!("没有“{v}”这个部分"));
        let found = Diagnostic::error(codes::UNKNOWN_SECTION, fact, with_nearest(&v, &names, &names));
        log.findings.push(found.at(file, line).cell("", &v).with_source(source));
        return Place::Unknown;
    };
    if let Some(before) = seen[n] {
        let fact = Text::new(
            format!("{heading} appears twice: first in line {before}"),
            format!("{heading} 出现两次：第一次在第 {before} 行"),
        );
        let cure = Text::new("put the rows of both under one heading", "请把两处的数据合在一个标题之下");
        let found = Diagnostic::error(codes::DUPLICATE_SECTION, fact, cure);
        log.findings.push(found.at(file, line).with_source(source));
    }
    seen[n] = seen[n].or(Some(line));
    Place::Section(n)
}

fn no_instance(file: &str) -> Diagnostic {
    let fact = Text::new(
        format!("{file} is neither a case folder nor a public instance: no line begins with SECTION_"),
        format!("{file} 既不是案例文件夹，也不是公开算例：没有以 SECTION_ 开头的行"),
    );
    let cure = Text::new(
        "give the folder that holds staff.csv, shifts.csv and rules.csv, or the file of an instance",
        "请给出含有 staff.csv、shifts.csv 和 rules.csv 的文件夹，或一个算例文件",
    );
    Diagnostic::error(codes::NOT_AN_INSTANCE, fact, cure).at(file, 0)
}

fn missing(file: &str, form: &Form, heading: Option<usize>) -> Diagnostic {
    let (name, fields) = (form.name, form.fields.join(", "));
    let fact = match heading {
        Some(_) => Text::new(format!("{name} has no rows"), format!("{name} 没有数据")),
        None => Text::new(format!("{name} is missing"), format!("缺少 {name}")),
    };
    let cure =
        Text::new(format!("add {name} with rows of: {fields}"), format!("请加上 {name}，每行写：{fields}"));
    Diagnostic::error(codes::MISSING_SECTION, fact, cure).at(file, heading.unwrap_or(0))
}
