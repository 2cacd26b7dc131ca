//! Figures of other solvers.

use crate::peers::{cell, parse, solvers};

#[test]
fn a_peer_is_shown_at_the_nearest_limit_which_is_named_when_it_is_another() {
    let text = "instance,solver,limit,best,bound,seconds\n5,CP-SAT,60,1239,1097.2,60.1\n\
                Instance5.txt,CP-SAT,600,1150,1101,600\nInstance5,HiGHS,60,,-inf,60\n2,HiGHS,60,828,828.0,12\n";
    let peers = parse(text).expect("the rows are sound");
    assert_eq!(solvers(&peers), ["CP-SAT", "HiGHS"]);
    assert_eq!(cell(&peers, "CP-SAT", "Instance5", "60 s"), "1239 (≥ 1098)");
    assert_eq!(cell(&peers, "CP-SAT", "Instance5", "10 s"), "1239 (≥ 1098), 60 s");
    assert_eq!(cell(&peers, "HiGHS", "Instance5", "60 s"), "none");
    assert_eq!(cell(&peers, "HiGHS", "Instance2", "60 s"), "828 proven");
    assert_eq!(cell(&peers, "HiGHS", "Instance7", "60 s"), "");
}
