//! Printing: results to stdout, notes to stderr. A closed pipe ends nothing with a panic. Styles reach a terminal that
//! knows them and nothing else: not a file, not with `NO_COLOR`, not with `TERM=dumb`.

use super::exit::Exit;
use anstream::{AutoStream, ColorChoice};
use paiban::base::{Lang, Text};
use paiban::diag::{Diagnostic, Diagnostics, render_coloured, render_json};
use serde_json::{Value, json};
use std::cell::Cell;
use std::io::{ErrorKind, Write};

/// Settles whether this process writes styles: a dumb terminal gets none, on a build server neither.
pub(crate) fn settle_styles() {
    let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    if dumb && std::env::var_os("CLICOLOR_FORCE").is_none() {
        ColorChoice::Never.write_global();
    }
}

/// Where words go, and in which language.
pub(crate) struct Output {
    /// Language of all words.
    pub(crate) lang: Lang,
    /// Whether one JSON document is wanted.
    pub(crate) json: bool,
    diagnostics: Diagnostics,
    /// Whether something could not be written to stdout.
    lost: Cell<bool>,
}

impl Output {
    /// An output in a language.
    pub(crate) fn new(lang: Lang, json: bool) -> Self {
        Self { lang, json, diagnostics: Diagnostics::default(), lost: Cell::new(false) }
    }
    /// Writes a result to stdout.
    pub(crate) fn result(&self, text: &str) {
        let end = if text.ends_with('\n') { "" } else { "\n" };
        self.to(&mut AutoStream::auto(std::io::stdout().lock()), format!("{text}{end}").as_bytes());
    }
    /// Writes bytes to stdout as they are.
    pub(crate) fn bytes(&self, bytes: &[u8]) {
        self.to(&mut std::io::stdout().lock(), bytes);
    }
    /// A reader that has gone away is not our trouble.
    fn to(&self, stdout: &mut dyn Write, bytes: &[u8]) {
        match stdout.write_all(bytes).and_then(|()| stdout.flush()) {
            Err(e) if e.kind() != ErrorKind::BrokenPipe && !self.lost.replace(true) => {
                self.note(&format!("stdout: {e}"));
            }
            _ => {}
        }
    }
    /// How the program ends: not well when a result could not be written.
    pub(crate) fn last(&self, exit: Exit) -> Exit {
        if exit == Exit::Done && self.lost.get() { Exit::Usage } else { exit }
    }
    /// Writes a line to stderr.
    pub(crate) fn note(&self, text: &str) {
        let _ = writeln!(AutoStream::auto(std::io::stderr().lock()), "{text}");
    }
    /// Writes a bilingual line to stderr, unless JSON is wanted.
    pub(crate) fn say(&self, text: &Text) {
        if !self.json {
            self.note(text.get(self.lang));
        }
    }
    /// Takes findings: shown at once on stderr, or kept for the JSON document. True when there is an error.
    pub(crate) fn findings(&mut self, found: Diagnostics) -> bool {
        let errors = found.has_errors();
        if !self.json && !found.items().is_empty() {
            self.note(render_coloured(&found, self.lang).trim_end());
        }
        self.diagnostics.extend(found);
        errors
    }
    /// Takes one finding.
    pub(crate) fn finding(&mut self, found: Diagnostic) {
        let mut all = Diagnostics::default();
        all.push(found);
        self.findings(all);
    }
    /// Writes the JSON document: `body`, with the findings and the exit code before it.
    pub(crate) fn document(&self, body: Value, exit: Exit) {
        let mut document = json!({
            "exit": exit.number(),
            "diagnostics": render_json(&self.diagnostics, self.lang),
        });
        if let (Some(all), Value::Object(more)) = (document.as_object_mut(), body) {
            all.extend(more);
        }
        self.result(&serde_json::to_string_pretty(&document).unwrap_or_default());
    }
    /// Ends with the findings alone.
    pub(crate) fn end(&self, exit: Exit) -> Exit {
        if self.json {
            self.document(json!({}), exit);
        }
        exit
    }
}
