//! The collector of diagnostics: all of them at once, never the first only.

use super::{Diagnostic, Severity};

/// All findings so far, in the order in which they were found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diagnostics {
    items: Vec<Diagnostic>,
}

impl Diagnostics {
    /// Adds a finding.
    pub fn push(&mut self, item: Diagnostic) {
        self.items.push(item);
    }
    /// All findings.
    #[must_use]
    pub fn items(&self) -> &[Diagnostic] {
        &self.items
    }
    /// Whether nothing was found.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }
    /// Whether any finding is an error.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.items.iter().any(|d| d.severity == Severity::Error)
    }
    /// Number of errors.
    #[must_use]
    pub fn errors(&self) -> usize {
        self.items.iter().filter(|d| d.severity == Severity::Error).count()
    }
    /// Takes over all findings of `other`.
    pub fn extend(&mut self, other: Diagnostics) {
        self.items.extend(other.items);
    }
    /// Takes back the findings of a code from number `from` on.
    pub(crate) fn drop_after(&mut self, from: usize, code: super::Code) {
        let mut at = 0;
        self.items.retain(|d| {
            at += 1;
            at <= from || d.code != code
        });
    }
    /// Brings the findings into the order of files (as they were first named), lines and codes.
    pub fn sort(&mut self) {
        let mut files: Vec<String> = Vec::new();
        for d in &self.items {
            if !files.contains(&d.file) {
                files.push(d.file.clone());
            }
        }
        self.items.sort_by_key(|d| {
            (files.iter().position(|f| *f == d.file), d.line, d.severity == Severity::Warning)
        });
    }
}
