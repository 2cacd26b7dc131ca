//! Fills cells of an xlsx file that somebody else made: only those cells are written, everything else stays as it is, down to the
//! compressed bytes of the other parts.

use quick_xml::events::{BytesEnd, BytesStart, BytesText, Event};
use quick_xml::{Reader, Writer};
use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// Texts by row and column, from 0.
pub type CellTexts = BTreeMap<u32, BTreeMap<u32, String>>;

/// The file with the texts in the sheet of that name. Cells with a formula are left as they are; their number comes with it.
///
/// # Errors
/// When the file is no workbook of the usual form.
pub fn fill_template(bytes: &[u8], sheet: &str, texts: &CellTexts) -> Result<(Vec<u8>, usize), String> {
    let fault = |e: &dyn std::fmt::Display| e.to_string();
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|e| fault(&e))?;
    let part = part_of(&mut archive, sheet)?;
    let old = text_of(&mut archive, &part)?;
    let (new, formulas) = rewritten(&old, texts).map_err(|e| fault(&e))?;
    let mut out = ZipWriter::new(Cursor::new(Vec::with_capacity(bytes.len())));
    for i in 0..archive.len() {
        let file = archive.by_index(i).map_err(|e| fault(&e))?;
        if file.name().is_ok_and(|n| n == part) {
            let options = SimpleFileOptions::default().last_modified_time(zip::DateTime::default());
            out.start_file(part.clone(), options).map_err(|e| fault(&e))?;
            std::io::Write::write_all(&mut out, &new).map_err(|e| fault(&e))?;
        } else {
            out.raw_copy_file(file).map_err(|e| fault(&e))?;
        }
    }
    let done = out.finish().map_err(|e| fault(&e))?;
    Ok((done.into_inner(), formulas))
}

fn text_of(archive: &mut ZipArchive<Cursor<&[u8]>>, name: &str) -> Result<String, String> {
    let mut text = String::new();
    let mut file = archive.by_name(name).map_err(|e| format!("{name}: {e}"))?;
    file.read_to_string(&mut text).map_err(|e| format!("{name}: {e}"))?;
    Ok(text)
}

/// The value of an attribute, entities resolved.
fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = element.attributes().flatten().find(|a| a.key.as_ref() == name)?;
    let raw = found.value.into_owned();
    quick_xml::escape::unescape(&raw).ok().map(|v| v.into_owned())
}

/// Elements of this local name.
fn elements(text: &str, name: &str) -> Vec<BytesStart<'static>> {
    let mut reader = Reader::from_str(text);
    let mut found = Vec::new();
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(e) | Event::Empty(e) if e.local_name().as_ref() == name => {
                found.push(e.into_owned());
            }
            Event::Eof => break,
            _ => {}
        }
    }
    found
}

/// The part of the archive that holds a sheet.
fn part_of(archive: &mut ZipArchive<Cursor<&[u8]>>, sheet: &str) -> Result<String, String> {
    let book = text_of(archive, "xl/workbook.xml")?;
    let links = text_of(archive, "xl/_rels/workbook.xml.rels")?;
    let lost = || format!("the sheet {sheet} has no part of its own");
    let sheets = elements(&book, "sheet");
    let wanted = sheets.iter().find(|s| attribute(s, "name").as_deref() == Some(sheet)).ok_or_else(lost)?;
    let by_local = |e: &BytesStart<'_>| {
        let id = e.attributes().flatten().find(|a| a.key.local_name().as_ref() == "id")?;
        Some(id.value.into_owned())
    };
    let id = by_local(wanted).ok_or_else(lost)?;
    let links = elements(&links, "Relationship");
    let link = links.iter().find(|l| attribute(l, "Id").as_deref() == Some(&id)).ok_or_else(lost)?;
    let target = attribute(link, "Target").ok_or_else(lost)?;
    Ok(match target.strip_prefix('/') {
        Some(whole) => whole.to_owned(),
        None => format!("xl/{target}"),
    })
}

/// Row and column of `K7`, from 0.
fn place(reference: &str) -> Option<(u32, u32)> {
    let digits = reference.find(|c: char| c.is_ascii_digit())?;
    let column = reference[..digits]
        .bytes()
        .try_fold(0_u32, |n, b| b.is_ascii_uppercase().then(|| n * 26 + u32::from(b - b'A') + 1))?;
    Some((reference[digits..].parse::<u32>().ok()?.checked_sub(1)?, column.checked_sub(1)?))
}

fn reference(row: u32, column: u32) -> String {
    crate::io::cell_address(row as usize, column as usize)
}

type Out = Writer<Vec<u8>>;

/// A cell with a text. `old`: the element that it replaces, whose style it keeps.
fn write_cell(
    out: &mut Out,
    (row, column): (u32, u32),
    text: &str,
    old: Option<&BytesStart<'_>>,
) -> std::io::Result<()> {
    let mut cell = BytesStart::new("c");
    cell.push_attribute(("r", reference(row, column).as_str()));
    if let Some(style) = old.and_then(|o| attribute(o, "s")) {
        cell.push_attribute(("s", style.as_str()));
    }
    cell.push_attribute(("t", "inlineStr"));
    out.write_event(Event::Start(cell))?;
    out.write_event(Event::Start(BytesStart::new("is")))?;
    out.write_event(Event::Start(BytesStart::new("t")))?;
    out.write_event(Event::Text(BytesText::new(text)))?;
    for name in ["t", "is", "c"] {
        out.write_event(Event::End(BytesEnd::new(name)))?;
    }
    Ok(())
}

/// Writes the cells of a row before a column (all that are left without one).
fn write_before(
    out: &mut Out,
    row: u32,
    cells: &mut BTreeMap<u32, String>,
    column: Option<u32>,
) -> std::io::Result<()> {
    while let Some((&next, _)) = cells.first_key_value() {
        if column.is_some_and(|c| next >= c) {
            break;
        }
        let text = cells.remove(&next).unwrap_or_default();
        write_cell(out, (row, next), &text, None)?;
    }
    Ok(())
}

/// Whole rows that the sheet does not have, before a row (all that are left without one).
fn write_rows(out: &mut Out, left: &mut CellTexts, row: Option<u32>) -> std::io::Result<()> {
    while let Some((&next, _)) = left.first_key_value() {
        if row.is_some_and(|r| next >= r) {
            break;
        }
        let mut cells = left.remove(&next).unwrap_or_default();
        let mut start = BytesStart::new("row");
        start.push_attribute(("r", (next + 1).to_string().as_str()));
        out.write_event(Event::Start(start))?;
        write_before(out, next, &mut cells, None)?;
        out.write_event(Event::End(BytesEnd::new("row")))?;
    }
    Ok(())
}

/// The sheet with the texts in it, and how many cells with a formula were left.
fn rewritten(sheet: &str, texts: &CellTexts) -> Result<(Vec<u8>, usize), quick_xml::Error> {
    let mut reader = Reader::from_str(sheet);
    let mut out: Out = Writer::new(Vec::with_capacity(sheet.len() * 2));
    let mut left = texts.clone();
    let (mut row, mut column, mut formulas) = (0, 0, 0);
    let mut cells: BTreeMap<u32, String> = BTreeMap::new();
    loop {
        let event = reader.read_event()?;
        match &event {
            Event::Eof => break,
            Event::Start(e) | Event::Empty(e) if e.local_name().as_ref() == "row" => {
                // A row or cell without a reference is the next one.
                row = attribute(e, "r")
                    .and_then(|r| r.parse::<u32>().ok())
                    .map_or(row, |r| r.saturating_sub(1));
                write_rows(&mut out, &mut left, Some(row))?;
                cells = left.remove(&row).unwrap_or_default();
                column = 0;
                if matches!(event, Event::Empty(_)) {
                    if cells.is_empty() {
                        out.write_event(event.borrow())?;
                    } else {
                        out.write_event(Event::Start(e.borrow()))?;
                        write_before(&mut out, row, &mut cells, None)?;
                        out.write_event(Event::End(BytesEnd::new("row")))?;
                    }
                    row += 1;
                } else {
                    out.write_event(event.borrow())?;
                }
                continue;
            }
            Event::End(e) if e.local_name().as_ref() == "row" => {
                write_before(&mut out, row, &mut cells, None)?;
                row += 1;
            }
            Event::End(e) if e.local_name().as_ref() == "sheetData" => write_rows(&mut out, &mut left, None)?,
            Event::Start(e) | Event::Empty(e) if e.local_name().as_ref() == "c" => {
                column = attribute(e, "r").and_then(|r| place(&r)).map_or(column, |(_, c)| c);
                write_before(&mut out, row, &mut cells, Some(column))?;
                let text = cells.remove(&column);
                let at = (row, column);
                column += 1;
                if matches!(event, Event::Empty(_)) {
                    match text {
                        Some(text) => write_cell(&mut out, at, &text, Some(e))?,
                        None => out.write_event(event.borrow())?,
                    }
                    continue;
                }
                let start = e.to_owned();
                let inner = inside(&mut reader)?;
                let formula = inner.iter().any(|i| match i {
                    Event::Start(f) | Event::Empty(f) => f.local_name().as_ref() == "f",
                    _ => false,
                });
                match text {
                    Some(text) if !formula => write_cell(&mut out, at, &text, Some(&start))?,
                    kept => {
                        formulas += usize::from(kept.is_some());
                        out.write_event(Event::Start(start))?;
                        for event in inner {
                            out.write_event(event)?;
                        }
                    }
                }
                continue;
            }
            _ => {}
        }
        out.write_event(event.borrow())?;
    }
    Ok((out.into_inner(), formulas))
}

/// The events of a cell up to its end, which is the last of them.
fn inside(reader: &mut Reader<&[u8]>) -> Result<Vec<Event<'static>>, quick_xml::Error> {
    let mut events = Vec::new();
    loop {
        let event = reader.read_event()?.into_owned();
        let ends = matches!(&event, Event::End(e) if e.local_name().as_ref() == "c");
        let eof = matches!(event, Event::Eof);
        events.push(event);
        if ends || eof {
            return Ok(events);
        }
    }
}
