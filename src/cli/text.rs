//! Text on a terminal: Chinese characters take two columns.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Width that everything is laid out for.
const COLUMNS: usize = 80;
/// What no terminal is taken to be narrower than.
const NARROWEST: usize = 40;

/// Columns to lay out for: 80, or what a narrower terminal has.
pub(crate) fn columns() -> usize {
    let terminal = terminal_size::terminal_size_of(std::io::stdout()).map(|(wide, _)| usize::from(wide.0));
    terminal.map_or(COLUMNS, |wide| wide.clamp(NARROWEST, COLUMNS))
}

/// The text in bold, where it goes to a terminal that can ([`super::output::Output`] takes it out elsewhere).
pub(crate) fn bold(text: &str) -> String {
    let style = anstyle::Style::new().bold();
    format!("{style}{text}{style:#}")
}

/// The text in red, as [`bold`].
pub(crate) fn red(text: &str) -> String {
    let style = anstyle::AnsiColor::Red.on_default();
    format!("{style}{text}{style:#}")
}

/// Columns that a text takes.
pub(crate) fn width(text: &str) -> usize {
    text.width()
}

/// The text, filled up with spaces to `columns`.
pub(crate) fn pad(text: &str, columns: usize) -> String {
    format!("{text}{}", " ".repeat(columns.saturating_sub(width(text))))
}

/// The text behind as many spaces as fill `columns`.
pub(crate) fn pad_left(text: &str, columns: usize) -> String {
    format!("{}{text}", " ".repeat(columns.saturating_sub(width(text))))
}

/// The text, its end replaced by `…` when it takes more than `columns`.
pub(crate) fn cut(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let mut short = String::new();
    for c in text.chars() {
        if width(&short) + c.width().unwrap_or(0) + 1 > columns {
            break;
        }
        short.push(c);
    }
    short + "…"
}

/// `head`, then `body` broken into lines of `columns` that start below the end of the head.
pub(crate) fn hanging(head: &str, body: &str, columns: usize) -> String {
    let indent = width(head);
    let lines = wrap(body, columns.saturating_sub(indent).max(NARROWEST / 2));
    let mut out = head.to_owned();
    for (i, line) in lines.iter().enumerate() {
        if i > 0 {
            out.push('\n');
            out.push_str(&" ".repeat(indent));
        }
        out.push_str(line);
    }
    out.trim_end().to_owned()
}

/// Breaks at spaces, and between Chinese characters.
fn wrap(text: &str, columns: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut used = 0;
    for piece in pieces(text) {
        let wide = width(piece.trim_end());
        if used > 0 && used + wide > columns {
            lines.push(String::new());
            used = 0;
        }
        if let Some(line) = lines.last_mut() {
            line.push_str(piece);
        }
        used += width(piece);
    }
    for line in &mut lines {
        line.truncate(line.trim_end().len());
    }
    lines
}

/// Unbreakable pieces with the spaces behind them. Closing punctuation stays with what it closes.
fn pieces(text: &str) -> Vec<&str> {
    let mut cuts = vec![0];
    let mut before: Option<char> = None;
    for (at, c) in text.char_indices() {
        let wide = |c: char| c.width() == Some(2);
        let closing = "，。；：、！？）》」".contains(c);
        let opening = before.is_some_and(|b| "（《「".contains(b));
        let after_space = before == Some(' ') && c != ' ';
        let between = before.is_some_and(|b| wide(b) || wide(c)) && c != ' ' && !closing && !opening;
        if at > 0 && (after_space || between) {
            cuts.push(at);
        }
        before = Some(c);
    }
    cuts.push(text.len());
    cuts.windows(2).map(|w| &text[w[0]..w[1]]).filter(|p| !p.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_characters_take_two_columns() {
        assert_eq!(pad("早班", 6), "早班  ");
        assert_eq!(width("a早"), 3);
        assert_eq!(
            (pad_left("早班", 6), cut("早班中班", 6), cut("早班", 4)),
            ("  早班".into(), "早班…".into(), "早班".into())
        );
    }

    #[test]
    fn long_text_hangs_below_its_head_and_keeps_the_width() {
        let text = hanging("head  ", &"word ".repeat(40), 40);
        assert!(
            text.lines().all(|l| width(l) <= 40)
                && text.lines().nth(1).is_some_and(|l| l.starts_with("      word"))
        );
        let zh = hanging("规则  ", &"一个人连续工作的天数，含历史。".repeat(8), 40);
        assert!(zh.lines().all(|l| width(l) <= 42), "{zh}");
        assert!(zh.lines().skip(1).all(|l| !l.trim_start().starts_with('，')), "{zh}");
    }
}
