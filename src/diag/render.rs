//! Diagnostics for people and for programs.

use super::{Code, Diagnostic, Diagnostics, Severity};
use crate::base::Lang;
use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use rustc_hash::FxHashMap;

/// Findings of one code in one file that are shown before the rest is only counted.
const SHOWN: usize = 50;

/// The findings as plain text for a terminal, with the line of the file where there is one.
#[must_use]
pub fn render_human(findings: &Diagnostics, lang: Lang) -> String {
    render_with(findings, lang, &Renderer::plain())
}

/// [`render_human`] with colours.
#[must_use]
pub fn render_coloured(findings: &Diagnostics, lang: Lang) -> String {
    render_with(findings, lang, &Renderer::styled())
}

fn render_with(findings: &Diagnostics, lang: Lang, renderer: &Renderer) -> String {
    let mut out = String::new();
    let mut counts: FxHashMap<(Code, &str), usize> = FxHashMap::default();
    let mut order: Vec<(Code, &str)> = Vec::new();
    for found in findings.items() {
        let key = (found.code, found.file.as_str());
        let count = counts.entry(key).or_insert(0);
        *count += 1;
        if *count == 1 {
            order.push(key);
        }
        if *count <= SHOWN {
            out += &renderer.render(&[group(found, lang)]);
            out += "\n\n";
        }
    }
    for key in order {
        let more = counts[&key].saturating_sub(SHOWN);
        if more > 0 {
            let (code, file) = key;
            out += &match lang {
                Lang::En => format!("… and {more} more of {code} in {file}\n"),
                Lang::Zh => format!("……{file} 中另有 {more} 处 {code}\n"),
            };
        }
    }
    let (errors, all) = (findings.errors(), findings.items().len());
    if all > 0 {
        out += &match lang {
            Lang::En => format!("{}, {}\n", number(errors, "error"), number(all - errors, "warning")),
            Lang::Zh => format!("{errors} 个错误，{} 个警告\n", all - errors),
        };
    }
    out
}

/// `1 error`, `2 errors`.
fn number(n: usize, word: &str) -> String {
    format!("{n} {word}{}", if n == 1 { "" } else { "s" })
}

fn group<'a>(found: &'a Diagnostic, lang: Lang) -> Group<'a> {
    let (level, help) = match (found.severity, lang) {
        (Severity::Error, Lang::En) => (Level::ERROR, Level::HELP),
        (Severity::Warning, Lang::En) => (Level::WARNING, Level::HELP),
        (Severity::Error, Lang::Zh) => (Level::ERROR.with_name("错误"), Level::HELP.with_name("办法")),
        (Severity::Warning, Lang::Zh) => (Level::WARNING.with_name("警告"), Level::HELP.with_name("办法")),
    };
    let mut group = level.primary_title(found.fact.get(lang)).id(found.code.0).elements(None::<Origin<'a>>);
    if let Some(source) = &found.source {
        let mut snippet: Snippet<'a, Annotation<'a>> =
            Snippet::source(&source.text).line_start(found.line.max(1)).path(&found.file).fold(false);
        // Without a value to point at, the whole line is marked.
        let (from, to) = source.mark.unwrap_or((0, source.text.len()));
        let label = (!found.column.is_empty()).then_some(found.column.as_str());
        snippet = snippet.annotation(AnnotationKind::Primary.span(from..to).label(label));
        group = group.element(snippet);
    } else if !found.file.is_empty() {
        let place = Origin::path(&found.file);
        group = group.element(if found.line > 0 { place.line(found.line) } else { place });
    }
    group.element(help.message(found.cure.get(lang)))
}

/// The findings as a JSON array.
#[must_use]
pub fn render_json(findings: &Diagnostics, lang: Lang) -> serde_json::Value {
    findings
        .items()
        .iter()
        .map(|d| {
            serde_json::json!({
                "code": d.code, "severity": d.severity, "file": d.file, "line": d.line, "column": d.column,
                "value": d.value, "fact": d.fact.get(lang), "cure": d.cure.get(lang),
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Text;
    use crate::diag::{SourceLine, codes};

    fn sample() -> Diagnostics {
        let mut findings = Diagnostics::default();
        let fact = Text::new("\"32.12.2026\" is not a date", "“32.12.2026”不是日期");
        let cure = Text::new("write it as 2026-12-01", "请写成 2026-12-01 的形式");
        let source = SourceLine::around("张伟,32.12.2026,早班", "32.12.2026");
        let found = Diagnostic::error(codes::BAD_DATE, fact, cure).at("leave.csv", 7);
        findings.push(found.cell("from", "32.12.2026").with_source(Some(source)));
        findings
    }

    #[test]
    fn a_finding_shows_its_line_and_marks_the_value_under_wide_characters() {
        let text = render_human(&sample(), Lang::En);
        for part in ["error[P111]", "leave.csv:7", "张伟,32.12.2026,早班", "^^^^^^^^^^ from", "write it as"]
        {
            assert!(text.contains(part), "{text}");
        }
        let marks = text.lines().find(|l| l.contains('^')).unwrap();
        let line = text.lines().find(|l| l.contains("张伟")).unwrap();
        // Two wide characters are four columns: the mark stands two characters further right than in the line.
        let column = |l: &str, c| l.chars().position(|x| x == c).unwrap();
        assert_eq!(column(marks, '^'), column(line, '3') + 2, "{text}");
    }

    #[test]
    fn a_finding_is_chinese_when_chinese_is_asked_for() {
        let text = render_human(&sample(), Lang::Zh);
        for part in ["错误[P111]", "不是日期", "办法", "1 个错误"] {
            assert!(text.contains(part), "{text}");
        }
    }

    #[test]
    fn a_flood_of_one_finding_is_counted() {
        let mut findings = Diagnostics::default();
        for _ in 0..200 {
            findings.extend(sample());
        }
        assert!(render_human(&findings, Lang::En).contains("150 more of P111 in leave.csv"));
        assert_eq!(render_json(&findings, Lang::En).as_array().map(Vec::len), Some(200));
    }

    #[test]
    fn long_lines_are_shortened_around_the_value() {
        let line = format!("{},BAD,{}", "早".repeat(500), "y".repeat(5000));
        let source = SourceLine::around(&line, "BAD");
        let (from, to) = source.mark.unwrap();
        assert_eq!(&source.text[from..to], "BAD");
        assert!(source.text.chars().count() < 120);
    }
}
