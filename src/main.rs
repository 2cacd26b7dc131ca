//! The `paiban` command.

fn main() {}
