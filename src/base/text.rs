//! Everything a person reads exists in English and in Chinese.

use serde::Serialize;

/// The language of headers, words and messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// Simplified Chinese.
    Zh,
}

/// One message in both languages.
#[derive(Clone, Debug, PartialEq, Eq, Default, PartialOrd, Ord, Hash, Serialize)]
pub struct Text {
    /// English wording.
    pub en: String,
    /// Chinese wording.
    pub zh: String,
}

impl Text {
    /// A message from its two wordings.
    pub fn new(en: impl Into<String>, zh: impl Into<String>) -> Self {
        Self { en: en.into(), zh: zh.into() }
    }
    /// A wording that is the same in both languages (ids, codes, dates).
    pub fn same(word: impl Into<String>) -> Self {
        let en = word.into();
        Self { zh: en.clone(), en }
    }
    /// The wording in `lang`.
    #[must_use]
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::En => &self.en,
            Lang::Zh => &self.zh,
        }
    }
}

/// A number with the English word for one or for several: `1 row`, `3 rows`.
#[must_use]
pub fn counted<N: std::fmt::Display + PartialEq + From<u8>>(n: N, one: &str, several: &str) -> String {
    let word = if n == N::from(1) { one } else { several };
    format!("{n} {word}")
}
