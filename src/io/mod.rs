//! Files in and out.

pub mod read;
pub mod write;

/// `K7`: how a spreadsheet program calls a cell, counted from 0.
pub(crate) fn cell_address(row: usize, column: usize) -> String {
    let (mut letters, mut n) = (String::new(), column + 1);
    while n > 0 {
        letters.insert(0, char::from(b'A' + ((n - 1) % 26) as u8));
        n = (n - 1) / 26;
    }
    format!("{letters}{}", row + 1)
}
