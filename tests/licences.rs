//! Holds the licences of all crates linked in against the list of `deny.toml`, without any tool but cargo.

use std::process::Command;

/// Whether a licence expression (`MIT OR Apache-2.0`, also with `/`) can be met by the allowed ones.
fn allowed(expression: &str, list: &[String]) -> bool {
    let text = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ").replace(" WITH ", "~");
    let mut tokens: Vec<&str> = text.split_whitespace().rev().collect();
    any(&mut tokens, list)
}

/// `A OR B …`; reads tokens from the end of the stack.
fn any(tokens: &mut Vec<&str>, list: &[String]) -> bool {
    let mut met = all(tokens, list);
    while tokens.last() == Some(&"OR") {
        tokens.pop();
        met |= all(tokens, list);
    }
    met
}

/// `A AND B …`
fn all(tokens: &mut Vec<&str>, list: &[String]) -> bool {
    let mut met = one(tokens, list);
    while tokens.last() == Some(&"AND") {
        tokens.pop();
        met &= one(tokens, list);
    }
    met
}

/// A name or a group in parentheses.
fn one(tokens: &mut Vec<&str>, list: &[String]) -> bool {
    match tokens.pop() {
        Some("(") => {
            let met = any(tokens, list);
            tokens.pop();
            met
        }
        Some(name) => list.iter().any(|l| *l == name.replace('~', " WITH ")),
        None => false,
    }
}

fn list() -> Vec<String> {
    let text = include_str!("../deny.toml");
    let from = text.find("allow = [").expect("deny.toml has a list");
    let part = &text[from..from + text[from..].find(']').expect("the list ends")];
    part.split('"').skip(1).step_by(2).map(str::to_string).collect()
}

#[test]
fn expressions_are_read_with_and_or_and_groups() {
    let list =
        vec!["MIT".to_string(), "Unicode-3.0".to_string(), "Apache-2.0 WITH LLVM-exception".to_string()];
    assert!(allowed("(MIT OR Apache-2.0) AND Unicode-3.0", &list));
    assert!(allowed("MIT/GPL-3.0", &list));
    assert!(allowed("Apache-2.0 WITH LLVM-exception", &list));
    assert!(!allowed("MIT AND GPL-3.0", &list));
    assert!(!allowed("LGPL-2.1-or-later", &list));
}

#[test]
fn everything_linked_in_is_permissive_and_comes_from_the_registry() {
    let version = Command::new("rustc").arg("-vV").output().expect("rustc runs");
    let version = String::from_utf8_lossy(&version.stdout).to_string();
    let host = version.lines().find_map(|l| l.strip_prefix("host: ")).expect("rustc names its host");
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".into());
    let output = Command::new(cargo)
        .args(["metadata", "--format-version", "1", "--offline", "--locked", "--filter-platform", host])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).expect("cargo writes JSON");
    let list = list();
    for package in metadata["packages"].as_array().expect("there are packages") {
        let licence = package["license"].as_str().unwrap_or("none");
        assert!(allowed(licence, &list), "{}: {licence}", package["name"]);
        if let Some(source) = package["source"].as_str() {
            assert!(source.starts_with("registry+"), "{}: {source}", package["name"]);
        }
    }
}
