//! `paiban new DIR --template NAME`.

use super::args::NewArgs;
use super::exit::Exit;
use super::output::Output;
use paiban::base::Text;
use paiban::diag::{Diagnostic, codes};
use paiban::templates;
use paiban::templates::generate::{self, Size};
use serde_json::json;
use std::path::Path;

pub(crate) fn run(args: &NewArgs, out: &mut Output) -> Exit {
    let files = if args.template == templates::GENERATED {
        let size =
            Size { people: usize::from(args.people), seed: args.seed, understaffed: args.understaffed };
        generate::files(&size)
    } else {
        templates::files(&args.template, out.lang).unwrap_or_default()
    };
    if !make(&files, &args.dir, out) {
        return out.end(Exit::Usage);
    }
    let dir = args.dir.display();
    if out.json {
        let files: Vec<String> = files.into_iter().map(|(n, _)| n).collect();
        out.document(
            json!({ "folder": dir.to_string(), "template": args.template, "files": files }),
            Exit::Done,
        );
        return Exit::Done;
    }
    let about = templates::describe(&args.template);
    let text = Text::new(
        format!(
            "{}\nThe case is in {dir}. Next:\n  paiban check {dir}\n  paiban solve {dir} -o {dir}-rota",
            about.en
        ),
        format!(
            "{}\n案例已写入 {dir}。接下来：\n  paiban check {dir}\n  paiban solve {dir} -o {dir}-rota",
            about.zh
        ),
    );
    out.result(text.get(out.lang));
    Exit::Done
}

/// Writes the files of a case into a folder; false after an error, which has been told.
pub(crate) fn make(files: &[(String, String)], dir: &Path, out: &mut Output) -> bool {
    let Err(error) = templates::write_files(files, dir) else { return true };
    let code = if error.kind() == std::io::ErrorKind::AlreadyExists {
        codes::OUTPUT_FOREIGN
    } else {
        codes::OUTPUT_UNWRITABLE
    };
    let fact = Text::new(format!("the case cannot be written: {error}"), format!("无法写出案例：{error}"));
    let cure = Text::new("give a new folder that you may write to", "请换一个可以写入的新文件夹");
    out.finding(Diagnostic::error(code, fact, cure).at(&dir.display().to_string(), 0));
    false
}
