//! A forecast as a file of a case.

use super::cells::Sheet;
use crate::base::{Lang, clock};
use crate::forecast::ChannelForecast;

/// `forecast.csv`, by date, start and channel.
///
/// # Errors
/// When the table cannot be turned into bytes.
pub fn forecast_csv(channels: &[ChannelForecast], lang: Lang) -> Result<Vec<u8>, std::io::Error> {
    let mut rows: Vec<_> =
        channels.iter().enumerate().flat_map(|(c, f)| f.rows.iter().map(move |r| (r, c))).collect();
    rows.sort_by_key(|(r, c)| (r.date, r.start, *c));
    let mut sheet = Sheet::new(&["date", "start", "channel", "volume", "aht_s"], lang);
    for (r, c) in rows {
        sheet.push(vec![
            r.date.to_string(),
            clock(r.start),
            channels[c].channel.clone(),
            format!("{:.2}", r.volume),
            format!("{:.0}", r.aht_s),
        ]);
    }
    sheet.bytes().map_err(std::io::Error::other)
}
