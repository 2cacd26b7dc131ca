//! The case folder: which files are there, their bytes, digests and tables.

use super::cell::Log;
use super::columns::{CASE_FILES, FileColumns};
use super::table::Table;
use super::text::{TextFault, decode, is_damaged};
use super::workbook;
use crate::base::Text;
use crate::diag::{Diagnostic, codes, nearest};
use crate::model::InputFile;
use sha2::{Digest, Sha256};
use std::io::{ErrorKind, Read};
use std::path::Path;

/// Files of a rota, whose names say nothing about an input file.
const OUTPUTS: [&str; 9] = [
    "coverage.csv",
    "duties.csv",
    "grid.csv",
    "handover.csv",
    "hours.csv",
    "payroll.csv",
    "score.csv",
    "substitutes.csv",
    "tails.csv",
];

/// Opens a case folder; `false` when there is none, with a finding.
pub(super) fn check_folder(folder: &Path, log: &mut Log) -> bool {
    let shown = folder.display().to_string();
    let fact = match std::fs::metadata(folder) {
        Ok(meta) if meta.is_dir() => return true,
        Ok(_) => Text::new(format!("{shown} is a file, not a folder"), format!("{shown} 是文件，不是文件夹")),
        Err(e) if e.kind() == ErrorKind::NotFound => {
            Text::new(format!("there is no folder {shown}"), format!("没有文件夹 {shown}"))
        }
        Err(e) => Text::new(format!("{shown} cannot be opened: {e}"), format!("无法打开 {shown}：{e}")),
    };
    let cure = Text::new(
        "give the folder that holds staff.csv, shifts.csv and rules.csv",
        "请给出含有 staff.csv、shifts.csv 和 rules.csv 的文件夹",
    );
    log.findings.push(Diagnostic::error(codes::NO_FOLDER, fact, cure).at(&shown, 0));
    false
}

/// Warns of files whose names are nearly those of input files.
pub(super) fn note_strangers(folder: &Path, log: &mut Log) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    let mut names: Vec<String> =
        entries.flatten().map(|e| e.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    let known: Vec<&str> = CASE_FILES.iter().map(|f| f.file).collect();
    let rotas: Vec<String> =
        CASE_FILES.iter().filter(|f| f.is_rota()).map(|f| f.file.replace(".csv", ".xlsx")).collect();
    let read = |n: &str| known.contains(&n) || rotas.iter().any(|r| r == n);
    let strange = |n: &str| !read(n) && !OUTPUTS.contains(&n);
    for name in names.iter().filter(|n| strange(n)) {
        let lower = name.to_lowercase();
        let looks_like = |file: &str| lower.starts_with(file.trim_end_matches(".csv"));
        let near = if lower.ends_with(".csv") {
            nearest(name, known.iter().copied())
        } else {
            // staff.xlsx, staff.txt, staff.csv.csv
            known.iter().copied().find(|file| looks_like(file) && !lower.ends_with(".md"))
        };
        let Some(near) = near.filter(|near| !names.iter().any(|n| n == near)) else { continue };
        let fact = Text::new(
            format!("{name} is not read; the file would have to be called {near}"),
            format!("不会读取 {name}；文件名应为 {near}"),
        );
        let cure = Text::new(format!("export it as {near}"), format!("请导出为 {near}"));
        log.findings.push(Diagnostic::warning(codes::UNKNOWN_FILE, fact, cure).at(name, 0));
    }
}

/// A file of the case as a table; `None` when it is missing or unusable. Findings say why.
pub(super) fn open(
    folder: &Path,
    columns: &'static FileColumns,
    needed: bool,
    inputs: &mut Vec<InputFile>,
    log: &mut Log,
) -> Option<Table> {
    let path = folder.join(columns.file);
    let sheet = path.with_extension("xlsx");
    // A rota may be given as the workbook that it was edited in.
    let path = if columns.is_rota() && !path.exists() && sheet.exists() { sheet } else { path };
    open_path(&path, columns, needed, inputs, log)
}

/// [`open`] of any path.
pub(super) fn open_path(
    path: &Path,
    columns: &'static FileColumns,
    needed: bool,
    inputs: &mut Vec<InputFile>,
    log: &mut Log,
) -> Option<Table> {
    let name = path.file_name().map_or_else(|| columns.file.to_owned(), |n| n.to_string_lossy().into_owned());
    let may_be_workbook = columns.is_rota() && !name.to_lowercase().ends_with(".csv");
    if let Some(bytes) = may_be_workbook.then(|| workbook_of(path)).flatten() {
        inputs.push(InputFile { name: name.clone(), sha256: digest(&bytes) });
        return workbook::table(&name, columns, &bytes, log.near, &mut log.findings);
    }
    match text_of(path, &name, inputs, log) {
        Opened::Text(text) => Table::read(&name, columns, text, &mut log.findings),
        Opened::Missing => {
            if needed {
                let fact = Text::new(format!("{name} is missing"), format!("缺少 {name}"));
                let header: Vec<&str> =
                    columns.columns.iter().filter(|c| c.required).map(|c| c.name).collect();
                let cure = Text::new(
                    format!("add {name} to the folder; it needs at least the columns {}", header.join(", ")),
                    format!("请在文件夹中加上 {name}，至少要有这些列：{}", header.join("、")),
                );
                log.findings.push(Diagnostic::error(codes::MISSING_FILE, fact, cure).at(&name, 0));
            }
            None
        }
        Opened::Unusable => None,
    }
}

/// What opening a file gives.
pub(super) enum Opened {
    /// Its text.
    Text(String),
    /// It is not there; no finding says so yet.
    Missing,
    /// A finding says why.
    Unusable,
}

/// The text of a file, its digest added to `inputs`.
pub(super) fn text_of(path: &Path, name: &str, inputs: &mut Vec<InputFile>, log: &mut Log) -> Opened {
    let bytes = match std::fs::read(path) {
        Ok(bytes) => bytes,
        Err(e) if e.kind() == ErrorKind::NotFound => return Opened::Missing,
        Err(e) => {
            log.findings.push(unreadable(path, name, &e));
            return Opened::Unusable;
        }
    };
    inputs.push(InputFile { name: name.to_owned(), sha256: digest(&bytes) });
    match decode(&bytes) {
        Ok(text) => {
            note_damage(name, &text, log);
            Opened::Text(text)
        }
        Err(fault) => {
            log.findings.push(text_fault(name, &bytes, fault));
            Opened::Unusable
        }
    }
}

fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect()
}

/// The bytes of a file that a spreadsheet program wrote; its first bytes tell.
fn workbook_of(path: &Path) -> Option<Vec<u8>> {
    let mut file = std::fs::File::open(path).ok()?;
    let mut bytes = vec![0; 4];
    file.read_exact(&mut bytes).ok()?;
    if !workbook::is_workbook(&bytes) {
        return None;
    }
    file.read_to_end(&mut bytes).ok()?;
    Some(bytes)
}

fn unreadable(path: &Path, name: &str, error: &std::io::Error) -> Diagnostic {
    let (fact, cure) = if path.is_dir() {
        (
            Text::new(format!("{name} is a folder, not a file"), format!("{name} 是文件夹，不是文件")),
            Text::new("put a file there", "请换成文件"),
        )
    } else {
        (
            Text::new(format!("{name} cannot be read: {error}"), format!("无法读取 {name}：{error}")),
            Text::new(
                "close it elsewhere, or give yourself the right to read it",
                "请关闭占用它的程序，或获取读取权限",
            ),
        )
    };
    Diagnostic::error(codes::UNREADABLE, fact, cure).at(name, 0)
}

fn text_fault(name: &str, bytes: &[u8], fault: TextFault) -> Diagnostic {
    let line_of = |offset: usize| 1 + bytes.iter().take(offset).filter(|&&b| b == b'\n').count();
    match fault {
        TextFault::Encoding { offset } => {
            let fact = Text::new(
                format!("byte {offset} fits neither UTF-8 nor GB18030"),
                format!("第 {offset} 字节既不是 UTF-8 也不是 GB18030"),
            );
            let cure = Text::new("save the file as UTF-8", "请把文件另存为 UTF-8");
            Diagnostic::error(codes::BAD_ENCODING, fact, cure).at(name, line_of(offset))
        }
        TextFault::Nul { offset } => {
            let fact = Text::new(
                format!("byte {offset} is zero: this is no text, or UTF-16 without its mark"),
                format!("第 {offset} 字节为零：不是文本，或是没有标记的 UTF-16"),
            );
            let cure = Text::new("save the file as CSV in UTF-8", "请另存为 UTF-8 编码的 CSV");
            Diagnostic::error(codes::NOT_TEXT, fact, cure).at(name, line_of(offset))
        }
        TextFault::Spreadsheet => {
            let fact = Text::new(
                format!("{name} is a file of a spreadsheet program, whatever its name says"),
                format!("{name} 其实是表格软件的文件，与扩展名无关"),
            );
            let cure = Text::new(
                "open it in the spreadsheet program and save it as CSV",
                "请在表格软件中打开并另存为 CSV",
            );
            Diagnostic::error(codes::NOT_TEXT, fact, cure).at(name, 1)
        }
    }
}

fn note_damage(name: &str, text: &str, log: &mut Log) {
    let mut places = text.lines().enumerate().filter(|(_, l)| !l.is_ascii() && l.contains(is_damaged));
    let Some((first, line)) = places.next() else { return };
    let more = places.count();
    let found = line.chars().find(|c| is_damaged(*c)).unwrap_or(' ');
    let fact = Text::new(
        format!(
            "the character U+{:04X} has no meaning here: damaged text ({} lines)",
            found as u32,
            more + 1
        ),
        format!("字符 U+{:04X} 没有意义，文字可能已损坏（共 {} 行）", found as u32, more + 1),
    );
    let cure = Text::new("write the words again", "请重新输入这些文字");
    let found = Diagnostic::warning(codes::DAMAGED_TEXT, fact, cure);
    let source = crate::diag::SourceLine::around(line, "");
    log.findings.push(found.at(name, first + 1).with_source(Some(source)));
}
