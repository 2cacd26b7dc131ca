//! The collector of diagnostics: all of them at once, never the first only.

use super::{Diagnostic, Severity};

/// All findings so far, in the order in which they were found.
#[derive(Clone, Debug, Default)]
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
    /// Whether any finding is an error.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.items.iter().any(|d| d.severity == Severity::Error)
    }
    /// Takes over all findings of `other`.
    pub fn extend(&mut self, other: Diagnostics) {
        self.items.extend(other.items);
    }
}
