//! The balances of past months for people, in 80 columns.

use super::summary::decimals;
use super::text::{columns, cut, hanging, pad, pad_left, width};
use paiban::base::{Lang, Text};
use paiban::pay::Balance;
use paiban::report::{LedgerGroup, LedgerView, Shared};
use std::path::Path;

/// Ids that are named on either side of a comparison.
const NAMES: usize = 4;
/// Columns that names have at least: `  2026-10` and a little more.
const NARROW: usize = 12;

/// The page. `rules`: the case folder whose rules were used.
pub(crate) fn text(view: &LedgerView, rules: Option<&Path>, lang: Lang) -> String {
    let mut lines = vec![head(view).get(lang).to_owned()];
    for note in notes(view, rules) {
        lines.push(hanging("  ", note.get(lang), columns()));
    }
    let table = Table::new(view, lang);
    lines.push(String::new());
    lines.push(table.header.clone());
    lines.extend(view.people.iter().map(|p| table.line(&format!("{} {}", p.id, p.name), &p.total)));
    lines.extend(view.groups.iter().flat_map(|g| group(g, lang)));
    lines.extend(comp_rest(view, lang));
    if view.people.iter().any(|p| p.months.len() > 1) {
        let by_month = Text::new("By month", "按月");
        lines.extend([String::new(), table.head(by_month.get(lang))]);
        for p in &view.people {
            lines.push(cut(&format!("{} {}", p.id, p.name), columns()));
            let month = |b: &Balance| table.line(&format!("  {}", b.first.format("%Y-%m")), b);
            lines.extend(p.months.iter().map(month));
        }
    }
    lines.join("\n")
}

fn head(view: &LedgerView) -> Text {
    let ((from, to), people) = (view.dates, view.people.len());
    Text::new(
        format!("Ledger of {from} to {to}: {people} people"),
        format!("台账 {from} 至 {to}：{people} 人"),
    )
}

fn notes(view: &LedgerView, rules: Option<&Path>) -> Vec<Text> {
    let mut notes = vec![match rules.map(Path::display) {
        Some(case) => Text::new(
            format!("Overtime by the rules of {case}; \"left\" is what the cap leaves in the last month."),
            format!("加班按 {case} 的规则计算；“余量”是最后一个月的加班余量。"),
        ),
        None => Text::new(
            "Overtime as the files have it. Name the case folder too, for the classes by its rules and what the cap leaves.",
            "加班取自各文件。请同时给出案例文件夹，以按其规则计算类别和加班余量。",
        ),
    }];
    if view.differing > 0 {
        notes.push(Text::new(
            format!(
                "On {} person-days the files have another overtime than these rules give.",
                view.differing
            ),
            format!("有 {} 人天，文件中的加班与按此规则计算的不同。", view.differing),
        ));
    }
    if view.untold > 0 {
        notes.push(Text::new(
            format!("Of {} days worked nothing says the overtime: it is counted as none.", view.untold),
            format!("有 {} 个工作日的加班没有记录，按无加班计。", view.untold),
        ));
    }
    notes
}

/// The columns, wide enough for what stands in them; names get the rest.
struct Table {
    widths: Vec<usize>,
    label: usize,
    unclassified: bool,
    header: String,
    titles: Vec<String>,
}

impl Table {
    fn new(view: &LedgerView, lang: Lang) -> Self {
        let unclassified = view.has_unclassified();
        let mut titles: Vec<Text> = vec![
            Text::new("late", "晚班"),
            Text::new("wknd", "周末"),
            Text::new("stat", "法定"),
            Text::new("hours", "工时"),
            Text::same("150%"),
            Text::same("200%"),
            Text::same("300%"),
        ];
        if unclassified {
            titles.push(Text::new("other", "其他"));
        }
        titles.extend([Text::new("all OT", "加班"), Text::new("left", "余量")]);
        let titles: Vec<String> = titles.iter().map(|t| t.get(lang).to_owned()).collect();
        let mut widths: Vec<usize> = titles.iter().map(|t| width(t) + 1).collect();
        for balance in view.people.iter().flat_map(|p| p.months.iter().chain([&p.total])) {
            for (wide, cell) in widths.iter_mut().zip(cells(balance, unclassified)) {
                *wide = (*wide).max(width(&cell) + 1);
            }
        }
        let names = view.people.iter().map(|p| width(&p.id) + 1 + width(&p.name)).max().unwrap_or(0);
        if names.max(NARROW) + widths.iter().map(|w| w + 1).sum::<usize>() <= columns() {
            widths.iter_mut().for_each(|w| *w += 1);
        }
        let room = columns().saturating_sub(widths.iter().sum()).max(NARROW);
        let label = names.clamp(NARROW, room);
        let mut table = Self { widths, label, unclassified, header: String::new(), titles };
        table.header = table.head("");
        table
    }
    fn head(&self, label: &str) -> String {
        self.row(label, &self.titles)
    }
    fn line(&self, label: &str, balance: &Balance) -> String {
        self.row(label, &cells(balance, self.unclassified))
    }
    fn row(&self, label: &str, cells: &[String]) -> String {
        let mut line = pad(&cut(label, self.label), self.label);
        for (cell, wide) in cells.iter().zip(&self.widths) {
            line += &pad_left(cell, *wide);
        }
        line
    }
}

fn cells(b: &Balance, unclassified: bool) -> Vec<String> {
    let mut cells: Vec<String> =
        [b.late_shifts, b.weekends, b.statutory_days].iter().map(ToString::to_string).collect();
    cells.push(hours(b.paid));
    cells.extend(b.overtime.map(hours));
    if unclassified {
        cells.push(hours(b.unclassified));
    }
    cells.push(hours(b.all_overtime()));
    cells.push(b.headroom.map_or_else(|| "-".to_owned(), hours));
    cells
}

/// Who has had most and least in a group of several people.
fn group(g: &LedgerGroup, lang: Lang) -> Vec<String> {
    if g.people < 2 {
        return Vec::new();
    }
    let name = match (g.team.as_str(), g.contract.as_str()) {
        ("", "") => Text::new("Everybody", "全体"),
        (one, "") | ("", one) => Text::same(one),
        (team, contract) => Text::same(format!("{team}, {contract}")),
    };
    let title = Text::new(
        format!("{}: {} people who were there three quarters of the time or more", name.en, g.people),
        format!("{}：{} 人（出勤期不少于四分之三者）", name.zh, g.people),
    );
    let mut lines = vec![String::new(), cut(title.get(lang), columns())];
    let wide = g.shares.iter().map(|s| width(s.what.wording().get(lang))).max().unwrap_or(0);
    for share in &g.shares {
        let label = format!("  {}  ", pad(share.what.wording().get(lang), wide));
        let ((most, ahead), (least, behind)) = (&share.most, &share.least);
        let amount = |n: i64| if share.what == Shared::Overtime { hours(n) } else { n.to_string() };
        let body = if most == least {
            Text::new(format!("{} each", amount(*most)), format!("每人 {}", amount(*most)))
        } else {
            let (most, least, apart) = (amount(*most), amount(*least), amount(most - least));
            Text::new(
                format!(
                    "most {most} ({}), least {least} ({}): {apart} apart",
                    ids(ahead, ", "),
                    ids(behind, ", ")
                ),
                format!(
                    "最多 {most}（{}），最少 {least}（{}）：相差 {apart}",
                    ids(ahead, "、"),
                    ids(behind, "、")
                ),
            )
        };
        lines.push(hanging(&label, body.get(lang), columns()));
    }
    lines
}

/// Whose worked rest days were answered by days off, and who is still owed some.
fn comp_rest(view: &LedgerView, lang: Lang) -> Vec<String> {
    let list = |of: fn(&Balance) -> i64| -> Vec<String> {
        let people = view.people.iter().filter(|p| of(&p.total) > 0);
        people.map(|p| format!("{} {}", p.id, hours(of(&p.total)))).collect()
    };
    let (answered, owed) = (list(|b| b.answered), list(|b| b.owed));
    if answered.is_empty() && owed.is_empty() {
        return Vec::new();
    }
    let title = Text::new("Compensatory rest, hours", "补休（小时）");
    let mut lines = vec![String::new(), title.get(lang).to_owned()];
    for (label, people) in
        [(Text::new("  given  ", "  已补  "), answered), (Text::new("  owed   ", "  尚欠  "), owed)]
    {
        let none = Text::new("none", "无").get(lang).to_owned();
        let body = if people.is_empty() { none } else { people.join(", ") };
        lines.push(hanging(label.get(lang), &body, columns()));
    }
    lines
}

fn ids(list: &[String], between: &str) -> String {
    let mut shown = list.iter().take(NAMES).cloned().collect::<Vec<_>>().join(between);
    if list.len() > NAMES {
        shown += &format!(" +{}", list.len() - NAMES);
    }
    shown
}

fn hours(minutes: i64) -> String {
    decimals((minutes * 200 + 60).div_euclid(120))
}
