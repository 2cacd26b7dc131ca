//! The lists of the workbook: handovers, and wishes with what became of them.

use super::sheet::{Sheet, Value, number};
use super::style::{self, tint};
use crate::base::{Text, clock};
use crate::io::write::cells::{pick, word};
use crate::io::write::sheets::{cell_text, handover_word};
use rust_xlsxwriter::{ConditionalFormatCell, ConditionalFormatCellRule, XlsxError};

const HEAD: u32 = 2;
const FIRST: u32 = 3;

/// Who hands over to whom, as in `handover.csv`.
pub(super) fn handovers(s: &mut Sheet<'_>) -> Result<(), XlsxError> {
    s.title(&Text::new("Handovers: who leaves, who takes over", "交接：交班人与接班人"))?;
    let columns =
        ["date", "start", "end", "channel", "kind", "from_name", "to_name", "backup_name", "batch", "note"];
    s.heads(HEAD, &columns.map(|name| s.heading(name)))?;
    for (i, h) in s.report.handovers.iter().enumerate() {
        let row = FIRST + i as u32;
        s.put((row, 0), &Value::Date(h.date), &s.styles.date)?;
        let texts = [
            clock(h.time.0),
            clock(h.time.1),
            h.channel.clone(),
            word(handover_word(h.kind), s.lang),
            person(&h.from),
            person(&h.to),
            person(&h.backup),
            h.batch.clone(),
            pick(&h.note, s.lang),
        ];
        for (c, text) in texts.iter().enumerate() {
            let format = if c < 2 { &s.styles.middle } else { &s.styles.text };
            s.put((row, 1 + c as u16), &Value::Text(text), format)?;
        }
    }
    let last = FIRST + (s.report.handovers.len().max(1) as u32) - 1;
    s.sheet.autofilter(HEAD, 0, last, columns.len() as u16 - 1)?;
    s.sheet.set_freeze_panes(FIRST, 0)?.set_repeat_rows(HEAD, HEAD)?;
    s.widths(&[12.0, 8.0, 8.0, 12.0, 14.0, 18.0, 18.0, 18.0, 30.0, 60.0])
}

/// Wishes and undecided leave, met and not.
pub(super) fn wishes(s: &mut Sheet<'_>) -> Result<(), XlsxError> {
    s.title(&Text::new("Requests: met and not", "请求：满足与未满足"))?;
    let heads = [
        s.heading("date"),
        s.heading("id"),
        s.heading("name"),
        s.say("wanted", "愿望"),
        s.heading("weight"),
        s.say("met", "是否满足"),
        s.say("got", "实际"),
    ];
    s.heads(HEAD, &heads)?;
    let (lang, report) = (s.lang, s.report);
    let (yes, no) = (word("yes", lang), word("no", lang));
    for (i, w) in s.report.board.wishes.iter().enumerate() {
        let row = FIRST + i as u32;
        let code = w.cell.shift().map(|s| report.grid.codes[s.ix()].as_str());
        let met = match w.met {
            Some(true) => yes.as_str(),
            Some(false) => no.as_str(),
            None => "–",
        };
        s.put((row, 0), &Value::Date(w.date), &s.styles.date)?;
        s.put((row, 1), &Value::Text(&w.person.0), &s.styles.text)?;
        s.put((row, 2), &Value::Text(&w.person.1), &s.styles.text)?;
        s.put((row, 3), &Value::Text(&pick(&w.want, lang)), &s.styles.text)?;
        s.put((row, 4), &Value::Number(number(w.weight)), &s.styles.whole)?;
        s.put((row, 5), &Value::Text(met), &s.styles.middle)?;
        s.put((row, 6), &Value::Text(&cell_text(&w.cell, code, lang)), &s.styles.middle)?;
    }
    let last = FIRST + (s.report.board.wishes.len().max(1) as u32) - 1;
    let (met, all) = s.report.overview.requests;
    s.put((last + 1, 4), &Value::Text(&s.say("met", "满足")), &s.styles.sum_text)?;
    for (row, words, count) in [(last + 1, vec![&yes], met), (last + 2, vec![&yes, &no], all)] {
        let range = super::sheet::down(5, FIRST, last);
        let terms: Vec<String> =
            words.iter().map(|w| format!("COUNTIF({range},{})", super::sheet::quoted(w))).collect();
        let formula = format!("={}", terms.join("+"));
        s.put((row, 5), &Value::Formula(formula, number(count as i64)), &s.styles.sum)?;
    }
    s.put((last + 2, 4), &Value::Text(&s.say("of", "共")), &s.styles.sum_text)?;
    let red = ConditionalFormatCell::new()
        .set_rule(ConditionalFormatCellRule::EqualTo(no.clone()))
        .set_format(tint(style::SHORT[0]));
    s.sheet.add_conditional_format(FIRST, 5, last, 5, &red)?;
    s.sheet.autofilter(HEAD, 0, last, 6)?;
    s.sheet.set_freeze_panes(FIRST, 0)?.set_repeat_rows(HEAD, HEAD)?;
    s.widths(&[12.0, 10.0, 16.0, 22.0, 10.0, 12.0, 12.0])
}

/// `name (id)`, or the id alone.
fn person((id, name): &(String, String)) -> String {
    if id.is_empty() || id == name { id.clone() } else { format!("{name} ({id})") }
}
