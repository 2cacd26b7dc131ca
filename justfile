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

# Measurements on generated months.
bench:
    cargo bench

# Everything the gate runs.
ci:
    bash .ci/run
