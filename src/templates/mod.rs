//! Complete, commented cases to start from: one for each regulation the program serves, and generated months.
//!
//! The files lie in `data/templates/NAME/` and are part of the program. A line that starts with `#en ` or `#zh ` is a
//! comment in that language; only the comments of the reader's language are written out. Comments hold no comma,
//! semicolon or quote, so that a spreadsheet program leaves them as they are.

pub mod generate;
mod table;

use crate::base::{Lang, Text};
use std::io;
use std::path::Path;
use table::{TEMPLATES, Template};

/// Names of the templates, the demo first.
pub const NAMES: [&str; 8] =
    ["three-shift", "two-shift", "split-evening", "office", "hotline", "courier", "posts", "after-sales"];

/// Name under which a month of any size is made up ([`generate`]).
pub const GENERATED: &str = "generated";

/// The names of the templates and of the generator.
pub fn all_names() -> impl Iterator<Item = &'static str> {
    NAMES.into_iter().chain([GENERATED])
}

/// What a template is about, in one sentence; empty for an unknown name.
#[must_use]
pub fn describe(name: &str) -> Text {
    if name == GENERATED {
        return Text::new(
            "A made-up month: three shifts, three channels, any number of people",
            "随机生成的一个月：三班、三渠道，任意人数",
        );
    }
    find(name).map_or_else(Text::default, |t| Text::new(t.en, t.zh))
}

/// The files of a template with comments in `lang`: name and text, LF between lines, no byte order mark.
#[must_use]
pub fn files(name: &str, lang: Lang) -> Option<Vec<(String, String)>> {
    let template = find(name)?;
    Some(template.files.iter().map(|(file, text)| ((*file).to_string(), in_language(text, lang))).collect())
}

/// Writes the files of a template into `dir`, which is made when it is missing.
///
/// # Errors
/// `NotFound` for an unknown name, `AlreadyExists` when the folder holds one of the files already (nothing is
/// written then), and whatever the file system says.
pub fn write(name: &str, dir: &Path, lang: Lang) -> io::Result<()> {
    let files = files(name, lang)
        .ok_or_else(|| io::Error::new(io::ErrorKind::NotFound, format!("no template named {name}")))?;
    write_files(&files, dir)
}

/// Writes case files as UTF-8 with a byte order mark and CRLF, which every spreadsheet program opens.
///
/// # Errors
/// `AlreadyExists` when the folder holds one of the files already, and whatever the file system says.
pub fn write_files(files: &[(String, String)], dir: &Path) -> io::Result<()> {
    if let Some((file, _)) = files.iter().find(|(file, _)| dir.join(file).exists()) {
        return Err(io::Error::new(
            io::ErrorKind::AlreadyExists,
            format!("{} is there", dir.join(file).display()),
        ));
    }
    std::fs::create_dir_all(dir)?;
    for (file, text) in files {
        std::fs::write(dir.join(file), format!("\u{feff}{}", text.replace('\n', "\r\n")))?;
    }
    Ok(())
}

fn find(name: &str) -> Option<&'static Template> {
    TEMPLATES.iter().find(|t| t.name == name)
}

/// Keeps the comments of one language.
fn in_language(text: &str, lang: Lang) -> String {
    let (own, other) = match lang {
        Lang::En => ("#en ", "#zh "),
        Lang::Zh => ("#zh ", "#en "),
    };
    let mut out = String::with_capacity(text.len());
    for line in text.lines().filter(|l| !l.starts_with(other)) {
        match line.strip_prefix(own) {
            Some(comment) => out += &format!("# {comment}"),
            None => out += line,
        }
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_template_has_the_four_files_and_a_description() {
        for name in NAMES {
            assert!(!describe(name).en.is_empty() && !describe(name).zh.is_empty(), "{name}");
            let files = files(name, Lang::En).expect("a named template exists");
            let has = |f: &str| files.iter().any(|(n, _)| n == f);
            assert!(has("staff.csv") && has("shifts.csv") && has("rules.csv"), "{name}");
            assert!(has("forecast.csv") || has("demand.csv"), "{name}");
        }
        assert!(files("nothing", Lang::En).is_none());
    }

    #[test]
    fn comments_survive_a_spreadsheet_program_and_exist_in_both_languages() {
        for template in TEMPLATES {
            for (file, text) in template.files {
                let at = format!("{}/{file}", template.name);
                let of = |mark: &str| text.lines().filter(|l| l.starts_with(mark)).count();
                assert!(of("#en ") > 0 && of("#zh ") > 0, "{at}");
                for line in text.lines().filter(|l| l.starts_with('#')) {
                    assert!(!line.contains([',', ';', '"', '\t']), "{at}: {line}");
                    assert!(line.starts_with("#en ") || line.starts_with("#zh "), "{at}: {line}");
                }
            }
        }
    }

    #[test]
    fn only_the_readers_language_is_written() {
        let text = in_language("#en one\n#zh 一\na,b\n", Lang::Zh);
        assert_eq!(text, "# 一\na,b\n");
    }
}
