//! Ctrl-C: the first asks for the best rota so far, the second ends at once.

use super::exit::Exit;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// While this is raised a second Ctrl-C waits: the folder is being written.
static WRITING: AtomicBool = AtomicBool::new(false);

/// A flag that Ctrl-C raises.
pub(crate) fn flag() -> Arc<AtomicBool> {
    let flag = Arc::new(AtomicBool::new(false));
    let raised = Arc::clone(&flag);
    // Without a handler Ctrl-C just ends the program: nothing is left half done.
    let _ = ctrlc::set_handler(move || {
        if raised.swap(true, Ordering::SeqCst) && !WRITING.load(Ordering::SeqCst) {
            std::process::exit(i32::from(Exit::Interrupted.number()));
        }
    });
    flag
}

/// Runs `work` to its end whatever is pressed meanwhile.
pub(crate) fn undisturbed<T>(work: impl FnOnce() -> T) -> T {
    WRITING.store(true, Ordering::SeqCst);
    let done = work();
    WRITING.store(false, Ordering::SeqCst);
    done
}
