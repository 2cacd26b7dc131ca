//! The CSV of runs.

use crate::run::Run;
use crate::store::Store;

#[test]
fn runs_are_added_to_those_of_the_file_and_the_last_of_equal_ones_counts() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let path = folder.path().join("runs.csv");
    let run = |seed, objective| Run { seed, objective: Some(objective), ..Run::default() };
    let mut store = Store::open(Some(&path)).expect("a new file");
    store.add(run(1, 7)).expect("it takes a row");
    let mut store = Store::open(Some(&path)).expect("the same file");
    store.add(run(2, 8)).expect("it takes a row");
    store.add(run(1, 9)).expect("it takes a row");
    let again = Store::open(Some(&path)).expect("the same file").latest();
    assert_eq!(again, [run(2, 8), run(1, 9)]);
    assert_eq!(again, store.latest());
}
