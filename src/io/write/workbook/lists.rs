//! The lists of the workbook: handovers, and wishes with what became of them.

use super::sheet::{Value, add, heading, number, put};
use super::style::{self, Styles, tint};
use crate::base::{Lang, Text, clock, words};
use crate::io::write::cells::{pick, word};
use crate::io::write::sheets::{cell_text, handover_word};
use crate::report::Report;
use rust_xlsxwriter::{ConditionalFormatCell, ConditionalFormatCellRule, Workbook, XlsxError};

const HEAD: u32 = 2;
const FIRST: u32 = 3;

/// Who hands over to whom, as in `handover.csv`.
pub(super) fn handovers(
    book: &mut Workbook,
    report: &Report,
    styles: &Styles,
    lang: Lang,
) -> Result<(), XlsxError> {
    let sheet = add(book, &pick(&Text::new("Handover", "交接"), lang))?;
    let title = Text::new("Handovers: who leaves, who takes over", "交接：交班人与接班人");
    put(sheet, (0, 0), &Value::Text(&pick(&title, lang)), &styles.title)?;
    let columns =
        ["date", "start", "end", "channel", "kind", "from_name", "to_name", "backup_name", "batch", "note"];
    for (c, name) in columns.iter().enumerate() {
        put(sheet, (HEAD, c as u16), &Value::Text(&heading(name, lang)), &styles.head)?;
    }
    for (i, h) in report.handovers.iter().enumerate() {
        let row = FIRST + i as u32;
        put(sheet, (row, 0), &Value::Date(h.date), &styles.date)?;
        let texts = [
            clock(h.time.0),
            clock(h.time.1),
            h.channel.clone(),
            word(handover_word(h.kind), lang),
            person(&h.from),
            person(&h.to),
            person(&h.backup),
            h.batch.clone(),
            pick(&h.note, lang),
        ];
        for (c, text) in texts.iter().enumerate() {
            let format = if c < 2 { &styles.middle } else { &styles.text };
            put(sheet, (row, 1 + c as u16), &Value::Text(text), format)?;
        }
    }
    let last = FIRST + (report.handovers.len().max(1) as u32) - 1;
    sheet.autofilter(HEAD, 0, last, columns.len() as u16 - 1)?;
    sheet.set_freeze_panes(FIRST, 0)?.set_repeat_rows(HEAD, HEAD)?;
    for (c, width) in [12, 8, 8, 12, 14, 18, 18, 18, 30, 60].into_iter().enumerate() {
        sheet.set_column_width(c as u16, width)?;
    }
    Ok(())
}

/// Wishes and undecided leave, met and not.
pub(super) fn wishes(
    book: &mut Workbook,
    report: &Report,
    styles: &Styles,
    lang: Lang,
) -> Result<(), XlsxError> {
    let say = |en: &str, zh: &str| pick(&Text::new(en, zh), lang);
    let sheet = add(book, &say("Requests", "请求"))?;
    put(sheet, (0, 0), &Value::Text(&say("Requests: met and not", "请求：满足与未满足")), &styles.title)?;
    let column = |name: &str| pick(&words::column(name), lang);
    let heads = [
        column("date"),
        column("id"),
        column("name"),
        say("wanted", "愿望"),
        column("weight"),
        say("met", "是否满足"),
        say("got", "实际"),
    ];
    for (c, name) in heads.iter().enumerate() {
        put(sheet, (HEAD, c as u16), &Value::Text(name), &styles.head)?;
    }
    let (yes, no) = (word("yes", lang), word("no", lang));
    for (i, w) in report.board.wishes.iter().enumerate() {
        let row = FIRST + i as u32;
        let code = w.cell.shift().map(|s| report.grid.codes[s.ix()].as_str());
        let met = match w.met {
            Some(true) => yes.as_str(),
            Some(false) => no.as_str(),
            None => "–",
        };
        put(sheet, (row, 0), &Value::Date(w.date), &styles.date)?;
        put(sheet, (row, 1), &Value::Text(&w.person.0), &styles.text)?;
        put(sheet, (row, 2), &Value::Text(&w.person.1), &styles.text)?;
        put(sheet, (row, 3), &Value::Text(&pick(&w.want, lang)), &styles.text)?;
        put(sheet, (row, 4), &Value::Number(number(w.weight)), &styles.whole)?;
        put(sheet, (row, 5), &Value::Text(met), &styles.middle)?;
        put(sheet, (row, 6), &Value::Text(&cell_text(&w.cell, code, lang)), &styles.middle)?;
    }
    let last = FIRST + (report.board.wishes.len().max(1) as u32) - 1;
    let (met, all) = report.overview.requests;
    put(sheet, (last + 1, 4), &Value::Text(&say("met", "满足")), &styles.sum_text)?;
    for (row, words, count) in [(last + 1, vec![&yes], met), (last + 2, vec![&yes, &no], all)] {
        let range = super::sheet::down(5, FIRST, last);
        let terms: Vec<String> =
            words.iter().map(|w| format!("COUNTIF({range},{})", super::sheet::quoted(w))).collect();
        let formula = format!("={}", terms.join("+"));
        put(sheet, (row, 5), &Value::Formula(formula, number(count as i64)), &styles.sum)?;
    }
    put(sheet, (last + 2, 4), &Value::Text(&say("of", "共")), &styles.sum_text)?;
    let red = ConditionalFormatCell::new()
        .set_rule(ConditionalFormatCellRule::EqualTo(no.clone()))
        .set_format(tint(style::SHORT[0]));
    sheet.add_conditional_format(FIRST, 5, last, 5, &red)?;
    sheet.autofilter(HEAD, 0, last, 6)?;
    sheet.set_freeze_panes(FIRST, 0)?.set_repeat_rows(HEAD, HEAD)?;
    for (c, width) in [12, 10, 16, 22, 10, 12, 12].into_iter().enumerate() {
        sheet.set_column_width(c as u16, width)?;
    }
    Ok(())
}

/// `name (id)`, or the id alone.
fn person((id, name): &(String, String)) -> String {
    if id.is_empty() || id == name { id.clone() } else { format!("{name} ({id})") }
}
