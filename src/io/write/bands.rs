//! Bands that have a usual colour, whatever they are called.

/// The family of a band: `early`, `mid`, `late`, `day` or `other`.
pub(super) fn family(band: &str) -> &'static str {
    match band.trim().to_lowercase().as_str() {
        "early" | "morning" | "早" | "早班" => "early",
        "mid" | "middle" | "中" | "中班" => "mid",
        "late" | "evening" | "night" | "晚" | "晚班" | "夜" | "夜班" => "late",
        "day" | "日" | "日班" | "白班" | "常白" => "day",
        _ => "other",
    }
}
