//! `paiban completions SHELL` and `paiban man`: what shells and manuals need, from the definitions of the arguments.

use super::args::{CompletionArgs, ManArgs};
use super::exit::Exit;
use super::help;
use super::output::Output;
use paiban::base::Text;
use paiban::io::write::{unwritable, write_file};
use serde_json::json;

/// The completions of a shell, in the language of the help.
pub(crate) fn completions(args: &CompletionArgs, out: &Output) -> Exit {
    let mut bytes = Vec::new();
    clap_complete::generate(args.shell, &mut help::command(out.lang), "paiban", &mut bytes);
    if out.json {
        out.document(json!({ "script": String::from_utf8_lossy(&bytes) }), Exit::Done);
    } else {
        out.bytes(&bytes);
    }
    Exit::Done
}

/// The manual: one page for the program and one for each command.
pub(crate) fn man(args: &ManArgs, out: &mut Output) -> Exit {
    let mut root = help::command(out.lang);
    root.build();
    let mut pages = vec![(String::from("paiban"), root.clone())];
    for command in root.get_subcommands().filter(|c| c.get_name() != "help") {
        let name = format!("paiban-{}", command.get_name());
        pages.push((name, command.clone()));
    }
    let mut written = Vec::new();
    for (name, command) in pages {
        let mut bytes = Vec::new();
        // Memory takes every byte.
        let _ = clap_mangen::Man::new(command).render(&mut bytes);
        let Some(folder) = &args.output else {
            out.bytes(&bytes);
            return Exit::Done;
        };
        let file = folder.join(format!("{name}.1"));
        let made = std::fs::create_dir_all(folder).map_err(|e| unwritable(folder, &e));
        if let Err(problem) = made.and_then(|()| write_file(&file, &bytes)) {
            out.finding(*problem);
            return out.end(Exit::Usage);
        }
        written.push(file.display().to_string());
    }
    let count = written.len();
    out.say(&Text::new(format!("{count} pages written"), format!("已写出 {count} 页")));
    if out.json {
        out.document(json!({ "files": written }), Exit::Done);
    }
    Exit::Done
}
