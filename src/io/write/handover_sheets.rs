//! `handover_sheets.html`: a sheet for each day and channel, to be printed, filled in and signed.

use super::cells::{pick, word};
use crate::base::{Lang, Text, clock};
use crate::calendar::{WEEKDAYS_EN, WEEKDAYS_ZH};
use crate::model::HandoverKind;
use crate::report::{HandoverLine, Report};
use chrono::{Datelike, NaiveDate};
use std::collections::BTreeMap;
use std::fmt::Write;

const STYLE: &str = "@page{size:A4 landscape;margin:12mm}\
body{font:10pt/1.3 'Noto Sans CJK SC','Microsoft YaHei','PingFang SC',sans-serif;margin:0}\
section{page-break-after:always;break-after:page}\
h1{font-size:14pt;margin:0 0 2mm}h2{font-size:10pt;margin:3mm 0 1mm}\
table{border-collapse:collapse;width:100%}th,td{border:1px solid #555;padding:1mm 1.5mm;text-align:left;vertical-align:top}\
th{background:#eee;font-weight:normal}thead{display:table-header-group}tr{break-inside:avoid}\
td.sign{min-width:22mm}tr.blank td{height:7mm}p.none{font-weight:bold}";

/// What is written down on a sheet: a heading, columns, blank rows.
struct Block {
    title: Text,
    columns: &'static [(&'static str, &'static str)],
    rows: usize,
}

/// The fields of a sheet, in the order in which a handover is gone through.
fn blocks() -> Vec<Block> {
    let block = |en: &str, zh: &str, columns, rows| Block { title: Text::new(en, zh), columns, rows };
    vec![
        block(
            "Queue",
            "排队情况",
            &[
                ("Waiting now", "当前等待"),
                ("Longest wait", "最长等待"),
                ("Handled this shift", "本班处理量"),
                ("System or courier incidents", "系统或快递异常"),
                ("Equipment, keys", "设备、钥匙"),
            ],
            1,
        ),
        block(
            "Open cases",
            "未结工单",
            &[
                ("No.", "工单号"),
                ("Customer", "客户"),
                ("Status", "状态"),
                ("Next action", "下一步"),
                ("Due", "时限"),
                ("Owner", "负责人"),
            ],
            4,
        ),
        block(
            "Promised call-backs",
            "约定回访",
            &[("Phone", "电话"), ("Promised time", "约定时间"), ("Topic", "事由"), ("Owner", "负责人")],
            3,
        ),
        block(
            "Complaints and escalations",
            "投诉与升级",
            &[("Case", "事项"), ("Owner", "负责人"), ("Expected", "预计时间")],
            2,
        ),
        block(
            "Key customers; orders with remarks",
            "大客户；有备注的订单",
            &[("Order or customer", "订单或客户"), ("Remark", "备注")],
            2,
        ),
        block(
            "Refunds and returns pending; bad reviews (48 h)",
            "待退款退货；差评（48 小时）",
            &[("Order", "订单"), ("State", "状态"), ("Until", "截止")],
            2,
        ),
        block("For the weekly meeting", "例会事项", &[("Item", "事项")], 1),
    ]
}

/// The bytes of the file.
pub(super) fn handover_sheets(report: &Report, lang: Lang) -> Vec<u8> {
    let mut sheets: BTreeMap<(NaiveDate, &str), Vec<&HandoverLine>> = BTreeMap::new();
    for h in &report.handovers {
        sheets.entry((h.date, h.channel.as_str())).or_default().push(h);
    }
    let title = pick(&Text::new("Handover sheets", "交接班表"), lang);
    let language = match lang {
        Lang::En => "en",
        Lang::Zh => "zh-CN",
    };
    let mut page = Page { out: String::new(), lang };
    page.raw(&format!(
        "<!DOCTYPE html>\n<html lang=\"{language}\"><head><meta charset=\"utf-8\"><title>{title}</title>\
         <style>{STYLE}</style></head><body>\n"
    ));
    let blocks = blocks();
    for ((date, channel), slots) in sheets {
        page.sheet(date, channel, &slots, &blocks);
    }
    page.raw("</body></html>\n");
    page.out.into_bytes()
}

struct Page {
    out: String,
    lang: Lang,
}

impl Page {
    fn raw(&mut self, html: &str) {
        self.out.push_str(html);
    }
    fn cell(&mut self, text: &str) {
        // Writing to a string does not fail.
        let _ = write!(self.out, "<td>{}</td>", escaped(text));
    }
    fn head(&mut self, columns: impl Iterator<Item = Text>) {
        self.raw("<thead><tr>");
        for c in columns {
            let _ = write!(self.out, "<th>{}</th>", escaped(c.get(self.lang)));
        }
        self.raw("</tr></thead>");
    }

    fn sheet(&mut self, date: NaiveDate, channel: &str, slots: &[&HandoverLine], blocks: &[Block]) {
        let day = date.weekday().num_days_from_monday() as usize;
        let weekday = match self.lang {
            Lang::En => WEEKDAYS_EN[day],
            Lang::Zh => WEEKDAYS_ZH[day],
        };
        let title = Text::new("Handover sheet", "交接班表");
        let _ = write!(
            self.out,
            "<section><h1>{} · {date} {weekday} · {}</h1>\n<table>",
            title.get(self.lang),
            escaped(channel)
        );
        let columns = [
            ("Batch", "批次"),
            ("Time", "时间"),
            ("How", "方式"),
            ("Out", "交班人"),
            ("In", "接班人"),
            ("Backup", "备用人"),
            ("On the queue meanwhile", "期间在线"),
            ("Signed out", "交班签字"),
            ("Signed in", "接班签字"),
        ];
        self.head(columns.iter().map(|c| Text::new(c.0, c.1)));
        self.raw("<tbody>\n");
        for h in slots {
            self.slot(h);
        }
        self.raw("</tbody></table>\n");
        for h in slots.iter().filter(|h| h.kind == HandoverKind::None) {
            let _ = writeln!(
                self.out,
                "<p class=\"none\">{}: {}</p>",
                escaped(&person(&h.from)),
                escaped(h.note.get(self.lang))
            );
        }
        for block in blocks {
            let _ = write!(self.out, "<h2>{}</h2><table>", block.title.get(self.lang));
            self.head(block.columns.iter().map(|c| Text::new(c.0, c.1)));
            for _ in 0..block.rows {
                self.raw("<tr class=\"blank\">");
                self.raw(&"<td></td>".repeat(block.columns.len()));
                self.raw("</tr>");
            }
            self.raw("</table>\n");
        }
        let foot = Text::new(
            "In writing only. What is unclear before signing is the outgoing agent's, afterwards the incoming agent's. \
             Supervisor:",
            "交接须书面进行。签字前不清楚的由交班人负责，签字后由接班人负责。主管审核：",
        );
        let _ = writeln!(self.out, "<p>{} ____________</p></section>", foot.get(self.lang));
    }

    fn slot(&mut self, h: &HandoverLine) {
        let kind = match h.kind {
            HandoverKind::Overlap => "overlap",
            HandoverKind::EarlyArrival => "early_arrival",
            HandoverKind::Message => "message",
            HandoverKind::None => "none",
        };
        self.raw("<tr>");
        self.cell(&h.batch);
        self.cell(&format!("{}–{}", clock(h.time.0), clock(h.time.1)));
        self.cell(&word(kind, self.lang));
        for p in [&h.from, &h.to, &h.backup] {
            self.cell(&person(p));
        }
        let (names, all) = &h.meanwhile;
        let rest = all - names.len();
        let more = match rest {
            0 => Text::default(),
            n => Text::new(format!(" and {n} more"), format!(" 等 {all} 人")),
        };
        self.cell(&format!("{}{}", names.join(", "), more.get(self.lang)));
        self.raw("<td class=\"sign\"></td><td class=\"sign\"></td></tr>\n");
    }
}

/// `name (id)`.
fn person((id, name): &(String, String)) -> String {
    if id.is_empty() || id == name { id.clone() } else { format!("{name} ({id})") }
}

/// A text that means nothing to a browser.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_with_marks_stay_text() {
        assert_eq!(escaped("<b>\"A&B\"</b>"), "&lt;b&gt;&quot;A&amp;B&quot;&lt;/b&gt;");
    }

    #[test]
    fn a_person_is_shown_with_the_id() {
        assert_eq!(person(&("007".into(), "李娜".into())), "李娜 (007)");
        assert_eq!(person(&("007".into(), "007".into())), "007");
        assert_eq!(person(&(String::new(), String::new())), "");
    }
}
