//! What a running solve tells: a moving bar on a terminal, plain lines elsewhere.

use super::output::Output;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};
use paiban::base::stop::StopCriterion;
use paiban::base::{Lang, Text};
use paiban::solve::{Observer, Phase, SolveEvent};
use std::io::{IsTerminal, Write};
use std::time::Duration;

/// Seconds between plain lines.
const PLAIN_EVERY: f64 = 5.0;
/// Steps of the bar. Its characters are narrow in every font, so that the line keeps its width.
const STEPS: usize = 10;

/// An observer that shows progress on stderr.
pub(crate) struct Progress {
    lang: Lang,
    line: Option<ProgressBar>,
    next_plain: f64,
}

impl Progress {
    /// Starts showing; the bar is the share of the limits that is used up.
    pub(crate) fn new(stop: &StopCriterion, out: &Output) -> Self {
        let line = moves().then(|| moving_line(stop.clone()));
        if let Some(line) = &line {
            line.set_message(
                Text::new("reading what must be covered", "正在计算人力需求").get(out.lang).to_owned(),
            );
        }
        Self { lang: out.lang, line, next_plain: PLAIN_EVERY }
    }
    /// Ends the moving line.
    pub(crate) fn finish(&self) {
        if let Some(line) = &self.line {
            line.finish_and_clear();
        }
    }
}

/// Whether lines can be written over: on a terminal that knows how.
fn moves() -> bool {
    std::io::stderr().is_terminal() && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
}

fn moving_line(stop: StopCriterion) -> ProgressBar {
    let line = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
    if let Ok(style) = ProgressStyle::with_template("{used} {elapsed} {wide_msg}") {
        let used = move |_: &ProgressState, out: &mut dyn std::fmt::Write| {
            let _ = out.write_str(&bar(stop.used()));
        };
        line.set_style(style.with_key("used", used));
    }
    line.enable_steady_tick(Duration::from_millis(200));
    line
}

/// `[====>     ]`
fn bar(used: f64) -> String {
    let full = (used.clamp(0.0, 1.0) * STEPS as f64) as usize;
    let head = if full < STEPS { ">" } else { "" };
    format!("[{:STEPS$}]", "=".repeat(full) + head)
}

impl Observer for Progress {
    fn event(&mut self, event: SolveEvent) {
        if let Some(line) = &self.line {
            line.set_message(words(&event, self.lang));
        } else if event.elapsed >= self.next_plain {
            self.next_plain = event.elapsed + PLAIN_EVERY;
            let _ = writeln!(std::io::stderr().lock(), "{:.0}s {}", event.elapsed, words(&event, self.lang));
        }
    }
}

fn words(event: &SolveEvent, lang: Lang) -> String {
    let number = |n: Option<i64>| n.map_or_else(|| "–".to_owned(), |n| n.to_string());
    // A bound below zero says nothing: no rota costs less than nothing.
    let bound = event.bound.filter(|b| *b > 0);
    let gap = match (event.best, bound) {
        (Some(best), Some(bound)) => format!("{:.2}%", paiban::report::gap(best, bound) * 100.0),
        _ => "–".to_owned(),
    };
    let (best, bound) = (number(event.best), number(bound));
    let text = Text::new(
        format!("best {best}  bound {bound}  gap {gap}  {}", phase(event.phase).en),
        format!("目前最好 {best}  下界 {bound}  差距 {gap}  {}", phase(event.phase).zh),
    );
    text.get(lang).to_owned()
}

fn phase(phase: Phase) -> Text {
    match phase {
        Phase::Start => Text::new("making a first rota", "生成初始排班"),
        Phase::Root => Text::new("lines of work, bound", "求排班方案与下界"),
        Phase::Dive => Text::new("putting together", "组合排班"),
        Phase::Improve => Text::new("improving", "改进中"),
        Phase::Branch => Text::new("closing the gap", "缩小差距"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bar_has_one_width() {
        assert_eq!((bar(0.0).as_str(), bar(0.55).as_str()), ("[>         ]", "[=====>    ]"));
        assert_eq!((bar(1.0).as_str(), bar(7.0).as_str()), ("[==========]", "[==========]"));
    }

    #[test]
    fn the_words_fit_beside_the_bar() {
        let event = SolveEvent {
            elapsed: 1.0,
            best: Some(2_845_250),
            bound: Some(2_788_140),
            phase: Phase::Root,
            columns: 0,
            spent: paiban::solve::Spent::default(),
        };
        for lang in [Lang::En, Lang::Zh] {
            let text = words(&event, lang);
            assert!(text.contains("2845250") && text.contains("2788140") && text.contains("2.01%"), "{text}");
            assert!(super::super::text::width(&format!("{} 60s {text}", bar(0.5))) < 80, "{text}");
        }
    }
}
