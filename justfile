# Short names for the commands of a working day; `just --list` shows them.

# All tests.
test:
    cargo test

# Format, lints and documentation as .ci/run has them.
lint:
    cargo fmt --check
    cargo clippy --all-targets -- -D warnings
    RUSTDOCFLAGS="-D warnings" cargo doc --no-deps

# The sample case and its rota.
demo:
    cargo run --release -- demo

# The hot path, against another tree: `just bench -- --save-baseline old`.
bench *args:
    cargo bench --bench hot_path {{args}}

# The gap table, such as `just gaps --instances all --seconds 10 --csv out/runs.csv`.
gaps *args:
    cargo bench --bench gap_table -- {{args}}

# Everything the gate runs.
ci:
    bash .ci/run
