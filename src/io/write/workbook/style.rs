//! Colours, borders and number forms of the workbook.

use crate::io::write::bands;
use crate::report::{DayTone, ShiftKey};
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

/// Tints of the bands that have a usual colour, and of all others: a tint for each further code of the band.
const EARLY: [u32; 3] = [0xFF_F2_CC, 0xFF_E6_99, 0xFF_F8_E1];
const MID: [u32; 3] = [0xDD_EB_F7, 0xBD_D7_EE, 0xCF_E2_F3];
const LATE: [u32; 3] = [0xE4_DF_EC, 0xCC_C0_DA, 0xF3_E5_F5];
const DAY: [u32; 3] = [0xE2_EF_DA, 0xC6_E0_B4, 0xE8_F5_E9];
const OTHER: [u32; 6] = [0xD0_E8_E4, 0xE6_E0_D2, 0xD9_E1_F2, 0xF9_E2_EC, 0xDC_E6_B8, 0xCF_EC_EC];

/// Grey of a rest day, by the shade of its column.
const REST: [(DayTone, u32); 3] =
    [(DayTone::Ordinary, 0xF2_F2_F2), (DayTone::Weekend, 0xE3_E7_EC), (DayTone::Statutory, 0xF0_E0_DE)];
/// Head of a column, by the shade of its day.
const HEAD: [(DayTone, u32); 3] =
    [(DayTone::Ordinary, 0xEE_F1_F5), (DayTone::Weekend, 0xC9_D3_DF), (DayTone::Statutory, 0xE6_A8_A0)];
/// Leave.
pub(super) const LEAVE: u32 = 0xF8_CB_AD;
/// Shortage: the more, the darker.
pub(super) const SHORT: [u32; 3] = [0xF8_CF_CB, 0xEE_94_8C, 0xD6_4B_43];
/// Spare people.
pub(super) const SPARE: u32 = 0xDD_EB_F7;

/// The formats that several sheets share.
pub(super) struct Styles {
    /// Title of a sheet.
    pub(super) title: Format,
    /// Line below the title.
    pub(super) note: Format,
    /// Head of a column.
    pub(super) head: Format,
    /// Text.
    pub(super) text: Format,
    /// Text in the middle.
    pub(super) middle: Format,
    /// Whole number.
    pub(super) whole: Format,
    /// Number with two decimals.
    pub(super) hours: Format,
    /// Share of one, as per cent.
    pub(super) percent: Format,
    /// Date.
    pub(super) date: Format,
    /// Text, whole number and hours of a row of sums.
    pub(super) sum: Format,
    pub(super) sum_text: Format,
    pub(super) sum_hours: Format,
}

fn cell() -> Format {
    Format::new()
        .set_border(FormatBorder::Thin)
        .set_border_color(Color::RGB(0xBF_BF_BF))
        .set_align(FormatAlign::VerticalCenter)
}

/// A format with this background.
pub(super) fn filled(format: &Format, rgb: u32) -> Format {
    format.clone().set_background_color(Color::RGB(rgb))
}

/// A format that only lays a colour over a cell.
pub(super) fn tint(rgb: u32) -> Format {
    Format::new().set_background_color(Color::RGB(rgb))
}

impl Styles {
    pub(super) fn new() -> Self {
        let middle = cell().set_align(FormatAlign::Center);
        let sum = filled(&middle.clone().set_bold(), 0xF5_F5_F0);
        let sum_text = filled(&cell().set_bold(), 0xF5_F5_F0);
        Self {
            title: Format::new().set_bold().set_font_size(16).set_align(FormatAlign::VerticalCenter),
            note: Format::new().set_font_color(Color::RGB(0x59_59_59)).set_align(FormatAlign::VerticalCenter),
            head: filled(&middle.clone().set_bold().set_text_wrap(), 0xEE_F1_F5),
            text: cell(),
            whole: middle.clone().set_num_format("0"),
            hours: cell().set_num_format("0.00"),
            percent: cell().set_num_format("0.00%"),
            date: middle.clone().set_num_format("yyyy-mm-dd"),
            sum_hours: sum_text.clone().set_num_format("0.00"),
            middle,
            sum,
            sum_text,
        }
    }
    /// Head of a day's column.
    pub(super) fn day_head(&self, tone: DayTone) -> Format {
        filled(&self.head, of(&HEAD, tone))
    }
}

/// Grey of a rest day.
pub(super) fn rest(tone: DayTone) -> u32 {
    of(&REST, tone)
}

/// Colour of the head of a day's column.
pub(super) fn day(tone: DayTone) -> u32 {
    of(&HEAD, tone)
}

fn of(list: &[(DayTone, u32)], tone: DayTone) -> u32 {
    list.iter().find(|(t, _)| *t == tone).map_or(0xFF_FF_FF, |(_, rgb)| *rgb)
}

/// The colour of each shift: the usual one of its band, a further tint for each further code.
pub(super) fn colours(shifts: &[ShiftKey]) -> Vec<u32> {
    let family = |band: &str| -> &'static [u32] {
        match bands::family(band) {
            "early" => &EARLY,
            "mid" => &MID,
            "late" => &LATE,
            "day" => &DAY,
            _ => &OTHER,
        }
    };
    let mut used: Vec<(&'static [u32], usize)> = Vec::new();
    let mut colour = |s: &ShiftKey| {
        let tints = family(&s.band);
        let at = match used.iter_mut().find(|(t, _)| *t == tints) {
            Some((_, n)) => {
                *n += 1;
                *n
            }
            None => {
                used.push((tints, 0));
                0
            }
        };
        tints[at % tints.len()]
    };
    shifts.iter().map(&mut colour).collect()
}
