//! Exit codes.

use std::process::ExitCode;

/// How the program ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Done.
    Done,
    /// Rules broken, or no rota keeps them.
    Findings,
    /// Usage or input.
    Usage,
    /// A limit came before any rota.
    NoRota,
    /// Our own scores disagree.
    Bug,
    /// Ctrl-C came before any rota.
    Interrupted,
}

impl Exit {
    /// The number.
    pub(crate) fn number(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Findings => 1,
            Self::Usage => 2,
            Self::NoRota => 3,
            Self::Bug => 70,
            Self::Interrupted => 130,
        }
    }
    /// For the operating system.
    pub(crate) fn code(self) -> ExitCode {
        ExitCode::from(self.number())
    }
}
