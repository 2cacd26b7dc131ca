//! Figures of other solvers on the same subjects: `instance,solver,limit,best,bound,seconds`.

use serde::Deserialize;
use std::path::Path;

/// A row; the limit and the time in seconds, empty for no rota and for no bound.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub(crate) struct Peer {
    /// `Instance5`, `Instance5.txt` or `5`; `month-36`.
    pub(crate) instance: String,
    /// Its name.
    pub(crate) solver: String,
    /// Time limit.
    pub(crate) limit: f64,
    /// Objective.
    pub(crate) best: Option<f64>,
    /// Lower bound.
    pub(crate) bound: Option<f64>,
    /// Time it took.
    pub(crate) seconds: Option<f64>,
}

/// Reads a file.
pub(crate) fn read(path: &Path) -> Result<Vec<Peer>, String> {
    let text = std::fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
    parse(&text).map_err(|e| format!("{}: {e}", path.display()))
}

/// The rows of a text.
pub(crate) fn parse(text: &str) -> Result<Vec<Peer>, csv::Error> {
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text.as_bytes());
    let mut peers = reader.deserialize().collect::<Result<Vec<Peer>, _>>()?;
    for peer in &mut peers {
        let name = peer.instance.trim_end_matches(".txt");
        peer.instance = match name.parse::<u32>() {
            Ok(number) => format!("Instance{number}"),
            Err(_) => name.to_owned(),
        };
    }
    Ok(peers)
}

/// The solvers in the order of the file.
pub(crate) fn solvers(peers: &[Peer]) -> Vec<&str> {
    let mut names: Vec<&str> = Vec::new();
    for peer in peers {
        if !names.contains(&peer.solver.as_str()) {
            names.push(&peer.solver);
        }
    }
    names
}

/// What a solver did on a subject: `1239 (≥ 1098)`, with its limit where it had another one.
pub(crate) fn cell(peers: &[Peer], solver: &str, subject: &str, limit: &str) -> String {
    let seconds: f64 = limit.trim_end_matches(" s").parse().unwrap_or(f64::INFINITY);
    let own = peers.iter().filter(|p| p.solver == solver && p.instance == subject);
    let nearest = own.min_by(|a, b| {
        let distance = |p: &Peer| (p.limit.ln() - seconds.min(1e9).ln()).abs();
        distance(a).total_cmp(&distance(b))
    });
    let Some(peer) = nearest else { return String::new() };
    let best = peer.best.map_or_else(|| "none".to_owned(), |b| format!("{b:.0}"));
    // Theirs are decimals: an objective in whole numbers cannot be below the next one, but for their tolerance.
    let bound = peer.bound.filter(|b| b.is_finite()).map(|b| (b - 1e-6).ceil());
    let bound = match (peer.best, bound) {
        (Some(best), Some(bound)) if bound >= best => " proven".to_owned(),
        (_, Some(bound)) => format!(" (≥ {bound:.0})"),
        _ => String::new(),
    };
    let other = if peer.limit == seconds { String::new() } else { format!(", {} s", peer.limit) };
    format!("{best}{bound}{other}")
}
