//! What a running solve tells: one moving line on a terminal, plain lines elsewhere.

use super::output::Output;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use paiban::base::{Lang, Text};
use paiban::solve::{Observer, Phase, SolveEvent};
use std::io::{IsTerminal, Write};
use std::time::Duration;

/// Seconds between plain lines.
const PLAIN_EVERY: f64 = 5.0;

/// An observer that shows progress on stderr.
pub(crate) struct Progress {
    lang: Lang,
    line: Option<ProgressBar>,
    next_plain: f64,
}

impl Progress {
    /// Starts showing.
    pub(crate) fn new(out: &Output) -> Self {
        let line = std::io::stderr().is_terminal().then(moving_line);
        Self { lang: out.lang, line, next_plain: PLAIN_EVERY }
    }
    /// Ends the moving line.
    pub(crate) fn finish(&self) {
        if let Some(line) = &self.line {
            line.finish_and_clear();
        }
    }
}

fn moving_line() -> ProgressBar {
    let line = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
    if let Ok(style) = ProgressStyle::with_template("{spinner} {elapsed} {wide_msg}") {
        line.set_style(style);
    }
    line.enable_steady_tick(Duration::from_millis(200));
    line
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
        Phase::Root => Text::new("looking for lines of work and a bound", "生成排班方案并求下界"),
        Phase::Dive => Text::new("putting a rota together", "组合排班"),
        Phase::Improve => Text::new("improving", "改进中"),
        Phase::Branch => Text::new("closing the gap", "缩小差距"),
    }
}
