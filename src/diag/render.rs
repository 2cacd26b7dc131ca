//! Diagnostics for people and for programs.

use super::{Diagnostics, Severity};
use crate::base::Lang;

/// The findings as text for a terminal.
#[must_use]
pub fn render_human(findings: &Diagnostics, lang: Lang) -> String {
    let mut out = String::new();
    for d in findings.items() {
        let word = if d.severity == Severity::Error { "error" } else { "warning" };
        out += &format!(
            "{word}[{}] {}:{}: {}\n  {}\n",
            d.code,
            d.file,
            d.line,
            d.fact.get(lang),
            d.cure.get(lang)
        );
    }
    out
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
