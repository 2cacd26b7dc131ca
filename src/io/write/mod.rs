//! From a report to files: what each file holds, how a cell is written, and how a folder is written whole.

use std::borrow::Cow;

mod attendance;
mod bands;
mod calendars;
mod cells;
mod chat;
mod contacts;
mod dingtalk_sheet;
mod folder;
mod handover_sheets;
mod instance;
mod ledger;
mod manifest;
mod page;
mod sheets;
mod simulation;
mod staffing;
mod standing_in;
mod template;
mod workbook;

pub use attendance::{
    AttendanceSystem, CallOptions, ScheduleRow, adp, attendance_word, bamboohr, calls, calls_text, most_rows,
};
pub use calendars::{CALENDARS, calendar_files};
pub use chat::{cell_word, change_message, day_message, effect_lines};
pub use contacts::forecast_csv;
pub use dingtalk_sheet::{dingtalk_sheet, shared_names};
pub use folder::{check_folder, unwritable, write_file, write_folder};
pub use instance::{INSTANCE_FILE_NAMES, instance_files};
pub use ledger::ledger_csv;
pub use sheets::{FILE_NAMES, files, sheet_bytes};
pub use simulation::{SIMULATION_FILE_NAMES, simulation_files};
pub use staffing::requirement_csv;
pub use template::{CellTexts, fill_template};

/// A file to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutputFile {
    /// Name inside the folder, with `/` before it the name of a folder inside (`ics/007.ics`).
    pub name: Cow<'static, str>,
    /// Its bytes.
    pub bytes: Vec<u8>,
}
