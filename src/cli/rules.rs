//! `paiban rules [NAME]`.

use super::args::RulesArgs;
use super::exit::Exit;
use super::output::Output;
use super::text;
use paiban::base::{Lang, Text};
use paiban::rules::{RuleDescription, describe, spec_by_name};
use serde_json::json;

pub(crate) fn run(args: &RulesArgs, out: &mut Output) -> Exit {
    let all = describe(out.lang);
    match &args.name {
        None => list(&all, out),
        Some(name) => {
            let found = spec_by_name(name).and_then(|s| all.into_iter().find(|d| d.name == s.name));
            match found {
                Some(rule) => one(&rule, out),
                None => unknown(name, out),
            }
        }
    }
}

fn list(all: &[RuleDescription], out: &Output) -> Exit {
    if out.json {
        out.document(json!({ "rules": all }), Exit::Done);
        return Exit::Done;
    }
    let width = all.iter().map(|r| text::width(&r.name)).max().unwrap_or(0);
    for rule in all {
        let head = format!("{}  ", text::pad(&rule.name, width));
        out.result(&text::hanging(&head, &rule.meaning, text::columns()));
    }
    let more = Text::new(
        "\npaiban rules NAME explains one of them with an example.",
        "\npaiban rules 规则名 可查看一条规则的详细说明和示例。",
    );
    out.result(more.get(out.lang));
    Exit::Done
}

fn one(rule: &RuleDescription, out: &Output) -> Exit {
    if out.json {
        out.document(json!({ "rule": rule }), Exit::Done);
        return Exit::Done;
    }
    let zh = out.lang == Lang::Zh;
    let lines = [
        (if zh { "规则" } else { "rule" }, format!("{} ({})", rule.name, rule.chinese_name)),
        (if zh { "含义" } else { "meaning" }, rule.meaning.clone()),
        (if zh { "取值" } else { "value" }, rule.value.clone()),
        (if zh { "默认" } else { "default" }, default(rule, zh)),
        (if zh { "强度" } else { "strength" }, rule.strength.clone()),
        (if zh { "范围" } else { "scope" }, rule.scope.clone()),
        (if zh { "示例" } else { "example" }, rule.example.clone()),
        (if zh { "代价" } else { "cost" }, rule.cost.clone()),
        (if zh { "依据" } else { "source" }, rule.source.clone()),
    ];
    for (label, value) in lines {
        out.result(&text::hanging(&format!("{}  ", text::pad(label, 8)), &value, text::columns()));
    }
    Exit::Done
}

fn default(rule: &RuleDescription, zh: bool) -> String {
    match (rule.default.is_empty(), zh) {
        (false, _) => rule.default.clone(),
        (true, false) => "no effect without a row".to_owned(),
        (true, true) => "不写则不起作用".to_owned(),
    }
}

fn unknown(name: &str, out: &Output) -> Exit {
    let message = Text::new(
        format!("error: there is no rule named {name}; `paiban rules` lists them all"),
        format!("错误：没有名为 {name} 的规则；用 paiban rules 可列出全部规则"),
    );
    if out.json {
        out.document(json!({ "error": message.get(out.lang) }), Exit::Usage);
    } else {
        out.note(message.get(out.lang));
    }
    Exit::Usage
}
