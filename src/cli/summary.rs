//! The summary that a supervisor understands, in 80 columns.

use super::text::{bold, columns, hanging, pad, red, width};
use paiban::base::{Lang, Text, clock, words};
use paiban::calendar::{WEEKDAYS_EN, WEEKDAYS_ZH};
use paiban::report::{Overview, Report, RunStatus, Shortfall};
use paiban::rules::wording;
use std::collections::BTreeMap;
use std::path::Path;

/// Places where cover is short that are named.
const PLACES: usize = 5;
/// People behind in a group that are named, with the reason why they cannot have more.
const BEHIND: usize = 3;
/// Rules whose penalties are named.
const RULES: usize = 4;

/// The summary of a rota that was written to `folder`.
pub(crate) fn text(report: &Report, folder: &Path, lang: Lang) -> String {
    let mut page = Page { lang, lines: Vec::new() };
    let o = &report.overview;
    page.head(o);
    page.cover(o);
    page.service(o);
    page.overtime(o);
    page.fairness(o);
    page.wishes(o);
    page.tasks(o);
    page.handovers(o);
    page.leave(o);
    page.quality(report);
    let files = write_list(folder, lang);
    page.row(&Text::new("Files", "文件"), &files);
    page.lines.join("\n")
}

fn write_list(folder: &Path, lang: Lang) -> String {
    let names = format!("{} ics/", paiban::io::write::FILE_NAMES.join(" "));
    Text::new(format!("{}: {names}", folder.display()), format!("{}：{names}", folder.display()))
        .get(lang)
        .to_owned()
}

struct Page {
    lang: Lang,
    lines: Vec<String>,
}

impl Page {
    fn row(&mut self, label: &Text, body: &str) {
        let label = label.get(self.lang);
        let row = hanging(&pad(label, 11), body, columns());
        self.lines.push(if label.is_empty() { row } else { row.replacen(label, &bold(label), 1) });
    }
    fn say(&mut self, label: &Text, body: &Text) {
        self.row(label, body.get(self.lang));
    }
    fn item(&mut self, text: &str) {
        self.lines.push(hanging(&" ".repeat(13), text, columns()));
    }
    /// Something that is missing.
    fn missing(&mut self, text: &str) {
        let lines = hanging(&" ".repeat(13), text, columns());
        self.lines.extend(lines.lines().map(red));
    }
    fn head(&mut self, o: &Overview) {
        if let Some((from, to)) = o.dates {
            let text = Text::new(
                format!("Rota of {from} to {to}: {} people, {} shifts", o.people, o.shifts),
                format!("排班 {from} 至 {to}：{} 人，{} 个班次", o.people, o.shifts),
            );
            self.lines.push(bold(text.get(self.lang)));
            self.lines.push(String::new());
        }
    }
    fn cover(&mut self, o: &Overview) {
        let label = Text::new("Cover", "覆盖");
        if o.intervals.0 == 0 {
            return self.say(&label, &Text::new("nothing is required", "没有人力需求"));
        }
        if o.fully_covered() {
            let all = Text::new(
                format!("complete: all {} intervals have the people they need", o.intervals.0),
                format!("完全满足：{} 个时段全部达到所需人数", o.intervals.0),
            );
            return self.say(&label, &all);
        }
        let share = decimals(o.covered_share());
        let short = hours(o.required_minutes - o.covered_minutes);
        self.say(
            &label,
            &Text::new(
                format!(
                    "{share}% of the hours needed; {short} h short in {} of {} intervals",
                    o.intervals.1, o.intervals.0
                ),
                format!(
                    "满足 {share}% 的工时需求；{} 个时段中有 {} 个缺员，共缺 {short} 小时",
                    o.intervals.0, o.intervals.1
                ),
            ),
        );
        let wide = o.shortfalls.iter().take(PLACES).map(|s| width(&s.channel)).max().unwrap_or(0);
        for place in o.shortfalls.iter().take(PLACES) {
            let line = shortfall(place, wide, self.lang);
            self.missing(&line);
        }
        let rest = o.shortfalls.len().saturating_sub(PLACES);
        if rest > 0 {
            let more = Text::new(
                format!("and {rest} more (coverage.csv)"),
                format!("另有 {rest} 处（见 coverage.csv）"),
            );
            self.item(more.get(self.lang));
        }
    }
    fn service(&mut self, o: &Overview) {
        let mut label = Text::new("Service", "服务");
        for s in &o.service {
            let (level, target) = (decimals((s.level * 10_000.0).round() as i64), s.target * 100.0);
            let (of_en, of_zh) = match s.definition {
                "served" => ("of those served", "占已接来件"),
                "less_early_abandons" => ("of those who did not leave before", "不计目标内放弃"),
                "waits_within" => ("of all, or gone by then", "占全部来件，含目标内放弃"),
                _ => ("of all", "占全部来件"),
            };
            let below = match s.days_below {
                0 => Text::new("on every day", "每天达标"),
                n => Text::new(
                    format!("below on {n} of {} days", s.days.len()),
                    format!("{} 天中 {n} 天未达标", s.days.len()),
                ),
            };
            let text = Text::new(
                format!(
                    "{}: {level}% {of_en} served within {} s predicted, target {target:.0}%: {}",
                    s.channel, s.target_s, below.en
                ),
                format!(
                    "{}：预测 {} 秒内接起 {level}%（{of_zh}），目标 {target:.0}%：{}",
                    s.channel, s.target_s, below.zh
                ),
            );
            self.say(&label, &text);
            label = Text::default();
        }
    }
    fn overtime(&mut self, o: &Overview) {
        let label = Text::new("Overtime", "加班");
        let Some((name, most, cap)) = &o.most_overtime else {
            return self.say(&label, &Text::new("none", "无"));
        };
        let (all, most) = (hours(o.overtime_minutes), hours(*most));
        let capped = cap
            .map(|c| Text::new(format!(" of {} h allowed", hours(c)), format!("（上限 {} 小时）", hours(c))));
        let capped = capped.unwrap_or_default();
        let above = match (cap, o.above_cap) {
            (None, _) => Text::new("; no cap is set", "；未设上限"),
            (_, 0) => Text::new("; nobody above the cap", "；无人超过上限"),
            (_, n) => Text::new(format!("; {n} people above the cap"), format!("；{n} 人超过上限")),
        };
        self.say(
            &label,
            &Text::new(
                format!("{all} h in all; most: {name} {most} h{}{}", capped.en, above.en),
                format!("共 {all} 小时；最多：{name} {most} 小时{}{}", capped.zh, above.zh),
            ),
        );
    }
    fn fairness(&mut self, o: &Overview) {
        let mut label = Text::new("Fairness", "公平");
        for line in &o.fairness {
            let what = fair_words(&line.rule);
            let text = if line.spread == 0 {
                Text::new(format!("{}: equal", what.en), format!("{}：完全均衡", what.zh))
            } else {
                Text::new(
                    format!("{}: most and least {} apart", what.en, line.spread),
                    format!("{}：最多与最少相差 {}", what.zh, line.spread),
                )
            };
            self.say(&label, &text);
            label = Text::default();
            for proof in line.behind.iter().take(BEHIND) {
                self.say(&label, &proof.text());
            }
        }
    }
    fn wishes(&mut self, o: &Overview) {
        let (met, all) = o.requests;
        if all > 0 {
            let text = Text::new(format!("{met} of {all} met"), format!("{all} 项中满足 {met} 项"));
            self.say(&Text::new("Requests", "请求"), &text);
        }
    }
    fn tasks(&mut self, o: &Overview) {
        let t = &o.tasks;
        if t.wanted == 0 {
            return;
        }
        let text = Text::new(
            format!("{} of {} turns done", t.done, t.wanted),
            format!("{} 人次中完成 {} 人次", t.wanted, t.done),
        );
        self.say(&Text::new("Tasks", "任务"), &text);
        for m in t.missing.iter().take(PLACES) {
            let line = Text::new(
                format!("{}  {}: {} of {}, nobody else at work can", m.date, m.name, m.done, m.wanted),
                format!("{}  {}：{} / {}，在岗人员中无人可补", m.date, m.name, m.done, m.wanted),
            );
            self.missing(line.get(self.lang));
        }
        let rest = t.missing.len().saturating_sub(PLACES);
        if rest > 0 {
            let more = Text::new(format!("and {rest} more"), format!("另有 {rest} 处"));
            self.item(more.get(self.lang));
        }
    }
    fn handovers(&mut self, o: &Overview) {
        let h = &o.handovers;
        let risks = [
            (h.nobody, "with nobody to follow: open cases wait", "无人接班：未结工单须等本人返岗"),
            (h.unknown, "by message to nobody yet known", "留言尚无接班人"),
            (h.same_person, "to the same person next day", "由本人次日接班"),
            (h.past_deadline, "read after the channel's deadline", "超过渠道时限才有人阅读"),
        ];
        let mut label = Text::new("Handover", "交接");
        for (n, en, zh) in risks.into_iter().filter(|r| r.0 > 0) {
            let text = Text::new(format!("{n} of {} {en}", h.slots), format!("{} 次中 {n} 次{zh}", h.slots));
            self.say(&label, &text);
            label = Text::default();
        }
    }
    fn leave(&mut self, o: &Overview) {
        if o.pending.is_empty() {
            return;
        }
        let english = match o.pending.len() {
            1 => "1 application waits for an answer:".to_owned(),
            n => format!("{n} applications wait for an answer:"),
        };
        let text = Text::new(english, format!("{} 份申请待批复：", o.pending.len()));
        self.say(&Text::new("Leave", "请假"), &text);
        for p in &o.pending {
            let kind = words::leave_kind(&p.kind);
            let (from, to) = p.dates;
            let text = Text::new(
                format!(
                    "{} {} {} {from}..{to}: {} of {} days free",
                    p.id, p.name, kind.en, p.days.1, p.days.0
                ),
                format!(
                    "{} {} {} {from}..{to}：{} 天中 {} 天未排班",
                    p.id, p.name, kind.zh, p.days.0, p.days.1
                ),
            );
            let line = text.get(self.lang).to_owned();
            self.item(&line);
        }
    }
    fn quality(&mut self, report: &Report) {
        let s = &report.summary.run;
        let price = Text::new(format!("penalty {}", s.objective), format!("罚分 {}", s.objective));
        let how = match (s.status, s.bound, s.gap) {
            (RunStatus::Optimal, ..) => {
                Text::new("; proven: no rota does better", "；已证明：没有更好的排班")
            }
            (_, Some(bound), Some(gap)) if bound > 0 => {
                let percent = decimals((gap * 10_000.0).ceil() as i64);
                Text::new(
                    format!(
                        "; no rota can go below {bound}: this one is within {percent}% of the best possible"
                    ),
                    format!("；任何排班都不会低于 {bound}：距最优不超过 {percent}%"),
                )
            }
            _ => Text::new(
                "; how far from the best possible is not known yet (give more time)",
                "；与最优的差距尚不清楚（请给更多时间）",
            ),
        };
        let broken = if s.status == RunStatus::Interrupted {
            Text::new("; interrupted", "；被中断")
        } else {
            Text::default()
        };
        self.say(
            &Text::new("Quality", "质量"),
            &Text::new(price.en + &how.en + &broken.en, price.zh + &how.zh + &broken.zh),
        );
        let parts = parts(&s.penalties, self.lang);
        if parts.len() > 1 {
            let list = &parts[..parts.len().min(RULES)];
            let text =
                Text::new(format!("mostly {}", list.join(", ")), format!("主要来自 {}", list.join("，")));
            self.say(&Text::default(), &text);
        }
    }
}

/// What a penalty is made of, the largest part first.
pub(super) fn parts(penalties: &BTreeMap<String, i64>, lang: Lang) -> Vec<String> {
    let mut parts: Vec<(&String, &i64)> = penalties.iter().filter(|(_, p)| **p > 0).collect();
    parts.sort_by(|a, b| b.1.cmp(a.1).then_with(|| a.0.cmp(b.0)));
    parts.into_iter().map(|(rule, p)| format!("{} {p}", wording(rule).get(lang))).collect()
}

fn shortfall(s: &Shortfall, wide: usize, lang: Lang) -> String {
    let day = chrono::Datelike::weekday(&s.date).num_days_from_monday() as usize;
    let weekday = if lang == Lang::Zh { WEEKDAYS_ZH[day] } else { WEEKDAYS_EN[day] };
    let time = format!("{}-{}", clock(s.time.start), clock(s.time.end));
    let (most, all) = (decimals(s.worst_hundredths), hours(s.minutes));
    let what = Text::new(format!("up to {most} short, {all} h"), format!("最多缺 {most} 人，共 {all} 小时"));
    let customers = s.customers.map_or_else(Text::default, |c| {
        let (late, all, wait) = (c.wait_longer.round(), c.offered.round(), c.target_s);
        Text::new(
            format!(": about {late} of {all} customers wait longer than {wait} s"),
            format!("：约 {all} 位客户中有 {late} 位等待超过 {wait} 秒"),
        )
    });
    let what = Text::new(what.en + &customers.en, what.zh + &customers.zh);
    format!("{} {weekday}  {time}  {}  {}", s.date, pad(&s.channel, wide), what.get(lang))
}

/// What a fairness rule shares, in words.
fn fair_words(rule: &str) -> Text {
    match rule {
        "fair_hours" => Text::new("hours", "工时"),
        "fair_weekends" => Text::new("weekends", "周末"),
        "fair_holidays" => Text::new("statutory days", "法定节假日"),
        _ => {
            let band = rule.strip_prefix("fair_band:").unwrap_or(rule);
            let chinese = match band {
                "early" => "早班",
                "mid" => "中班",
                "late" => "晚班",
                "day" => "日班",
                "night" => "夜班",
                other => return Text::new(format!("{other} shifts"), format!("{other} 班")),
            };
            Text::new(format!("{band} shifts"), chinese)
        }
    }
}

fn hours(minutes: i64) -> String {
    decimals((minutes * 200 + 60).div_euclid(120))
}

/// Hundredths as a number with two decimals.
pub(super) fn decimals(hundredths: i64) -> String {
    let sign = if hundredths < 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", hundredths.abs() / 100, hundredths.abs() % 100)
}
