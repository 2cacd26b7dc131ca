//! Bytes to text: byte order marks, strict UTF-8, GB18030, and never a silently replaced byte.

use std::borrow::Cow;

/// Why bytes are not text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum TextFault {
    /// Not in any encoding we know; offset of the first byte that fits none.
    Encoding {
        /// Byte offset in the file.
        offset: usize,
    },
    /// A zero byte.
    Nul {
        /// Byte offset in the file.
        offset: usize,
    },
    /// A spreadsheet file (`xlsx` or `xls`).
    Spreadsheet,
}

/// Decodes a whole file: byte order mark, else strict UTF-8, else GB18030. The mark is dropped.
pub(super) fn decode(bytes: &[u8]) -> Result<String, TextFault> {
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        return Err(TextFault::Spreadsheet);
    }
    let text = match bytes {
        [0xFF, 0xFE, rest @ ..] => decode_utf16(rest, u16::from_le_bytes)?,
        [0xFE, 0xFF, rest @ ..] => decode_utf16(rest, u16::from_be_bytes)?,
        [0xEF, 0xBB, 0xBF, rest @ ..] => match std::str::from_utf8(rest) {
            Ok(text) => text.to_owned(),
            Err(fault) => return Err(TextFault::Encoding { offset: fault.valid_up_to() + 3 }),
        },
        _ => decode_unmarked(bytes)?,
    };
    match text.find('\0') {
        Some(offset) => Err(TextFault::Nul { offset }),
        None => Ok(text),
    }
}

fn decode_unmarked(bytes: &[u8]) -> Result<String, TextFault> {
    if let Some(offset) = bytes.iter().position(|&b| b == 0) {
        return Err(TextFault::Nul { offset });
    }
    match std::str::from_utf8(bytes) {
        Ok(text) if looks_like_short_gbk(text) => {
            Ok(decode_gb18030(bytes).unwrap_or_else(|_| text.to_owned()))
        }
        Ok(text) => Ok(text.to_owned()),
        Err(fault) => decode_gb18030(bytes).map_err(|offset| {
            // A file that is UTF-8 almost everywhere is damaged UTF-8: point at the byte that breaks it.
            let mostly_utf8 = text_before(bytes, fault.valid_up_to()).chars().any(is_cjk);
            TextFault::Encoding { offset: if mostly_utf8 { fault.valid_up_to() } else { offset } }
        }),
    }
}

fn text_before(bytes: &[u8], end: usize) -> Cow<'_, str> {
    String::from_utf8_lossy(&bytes[..end])
}

/// Strict GB18030; the offset of the first byte that does not fit otherwise.
fn decode_gb18030(bytes: &[u8]) -> Result<String, usize> {
    let mut decoder = encoding_rs::GB18030.new_decoder_without_bom_handling();
    let capacity = decoder.max_utf8_buffer_length_without_replacement(bytes.len()).unwrap_or(bytes.len() * 3);
    let mut text = String::with_capacity(capacity);
    let (result, read) = decoder.decode_to_string_without_replacement(bytes, &mut text, true);
    match result {
        encoding_rs::DecoderResult::InputEmpty => Ok(text),
        encoding_rs::DecoderResult::OutputFull => Err(read),
        encoding_rs::DecoderResult::Malformed(bad, after) => {
            Err(read.saturating_sub(usize::from(bad) + usize::from(after)))
        }
    }
}

fn decode_utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, TextFault> {
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    let mut text = String::with_capacity(bytes.len());
    let mut offset = 2;
    for decoded in char::decode_utf16(units) {
        let Ok(c) = decoded else { return Err(TextFault::Encoding { offset }) };
        offset += 2 * c.len_utf16();
        text.push(c);
    }
    if bytes.len() % 2 == 1 { Err(TextFault::Encoding { offset: bytes.len() + 1 }) } else { Ok(text) }
}

/// 930 two-byte GB2312 codes are valid UTF-8 (`模` is read as `ģ`): letters of U+0080–U+07FF, none of them
/// beside a Latin letter as in `José`, and no Chinese character.
fn looks_like_short_gbk(text: &str) -> bool {
    let mut previous = ' ';
    let mut suspicious = false;
    for c in text.chars() {
        let foreign = ('\u{80}'..='\u{7FF}').contains(&c);
        if c > '\u{7FF}' {
            return false;
        }
        let beside_latin =
            foreign && previous.is_ascii_alphabetic() || c.is_ascii_alphabetic() && !previous.is_ascii();
        if beside_latin {
            return false;
        }
        suspicious |= foreign && c != '\u{A0}';
        previous = c;
    }
    suspicious
}

fn is_cjk(c: char) -> bool {
    ('\u{2E80}'..='\u{9FFF}').contains(&c) || c >= '\u{20000}'
}

/// Whether a character marks damaged text: private use, or a replacement character.
pub(super) fn is_damaged(c: char) -> bool {
    matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{10FFFF}' | '\u{FFFD}')
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || is_unseen(c)
}

/// Characters that show nothing but can deceive: marks of byte order and direction, and control characters that
/// would steer a terminal.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{FEFF}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
        || c.is_control() && !c.is_whitespace()
}

/// A cell without what cannot be seen: blanks at both ends, unseen characters anywhere; NBSP and U+3000
/// inside become a space; Chinese quotation marks around the whole go.
pub(super) fn clean(raw: &str) -> Cow<'_, str> {
    let mut text = raw.trim_matches(is_blank);
    if text.len() > 6
        && let Some(inner) = text.strip_prefix('“').and_then(|t| t.strip_suffix('”'))
        && !inner.contains(['“', '”'])
    {
        text = inner.trim_matches(is_blank);
    }
    // Cells that a spreadsheet would take for a formula are written with an apostrophe in front.
    if let Some(inner) = text.strip_prefix('\'')
        && inner.starts_with(['=', '+', '-', '@', '\t'])
    {
        text = inner;
    }
    let is_wide_space = |c: char| matches!(c, '\u{A0}' | '\u{3000}');
    if !text.contains(|c: char| is_unseen(c) || is_wide_space(c)) {
        return Cow::Borrowed(text);
    }
    let kept = text.chars().filter(|c| !is_unseen(*c));
    Cow::Owned(kept.map(|c| if is_wide_space(c) { ' ' } else { c }).collect())
}

/// NFKC, and the marks NFKC leaves alone brought to ASCII (dashes, wave dash, ideographic comma and stop).
/// For numbers, times, codes and headers; never for names of people.
pub(super) fn plain(text: &str) -> Cow<'_, str> {
    use unicode_normalization::UnicodeNormalization;
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let folded = text.nfkc().map(|c| match c {
        '—' | '–' | '−' | '‐' | '‑' | '―' => '-',
        '〜' => '~',
        '、' => ',',
        '。' => '.',
        '〇' => '0',
        other => other,
    });
    Cow::Owned(folded.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gb(text: &str) -> Vec<u8> {
        encoding_rs::GB18030.encode(text).0.into_owned()
    }

    #[test]
    fn every_encoding_gives_the_same_text() {
        let text = "姓名,工号\n张伟,007\n𠮷,8\n";
        let utf16: Vec<u16> = text.encode_utf16().collect();
        let le: Vec<u8> =
            [0xFF, 0xFE].into_iter().chain(utf16.iter().flat_map(|u| u.to_le_bytes())).collect();
        let be: Vec<u8> =
            [0xFE, 0xFF].into_iter().chain(utf16.iter().flat_map(|u| u.to_be_bytes())).collect();
        let marked: Vec<u8> = [0xEF, 0xBB, 0xBF].into_iter().chain(text.bytes()).collect();
        for bytes in [text.as_bytes().to_vec(), marked, le, be, gb(text)] {
            assert_eq!(decode(&bytes).as_deref(), Ok(text));
        }
    }

    #[test]
    fn short_gbk_that_is_valid_utf8_is_read_as_gbk() {
        assert_eq!(decode(&[0xC4, 0xA3]).as_deref(), Ok("模"));
        assert_eq!(decode(b"1,\xC4\xA3,x").as_deref(), Ok("1,模,x"));
        assert_eq!(decode("José,Émile".as_bytes()).as_deref(), Ok("José,Émile"));
        assert_eq!(decode("联通".as_bytes()).as_deref(), Ok("联通"));
        assert_eq!(decode(&[0xC1, 0xAA, 0xCD, 0xA8]).as_deref(), Ok("联通"));
    }

    #[test]
    fn undecodable_bytes_are_located() {
        assert_eq!(decode(b"id,name\n1,\xFF\xFFx"), Err(TextFault::Encoding { offset: 10 }));
        assert_eq!(decode(b"\xEF\xBB\xBFid\xFF"), Err(TextFault::Encoding { offset: 5 }));
        assert_eq!(decode(b"\xFF\xFE\x00\xD8a\x00"), Err(TextFault::Encoding { offset: 2 }));
        assert_eq!(decode(b"id\0"), Err(TextFault::Nul { offset: 2 }));
        assert_eq!(decode(b"PK\x03\x04..."), Err(TextFault::Spreadsheet));
    }

    #[test]
    fn invisible_characters_are_stripped() {
        assert_eq!(clean("\u{FEFF}\u{3000}张\u{A0}伟\u{200B} "), "张 伟");
        assert_eq!(clean("“早班”"), "早班");
        assert_eq!(clean("\u{1b}[31m红\u{7}\u{202e}x\u{7f}"), "[31m红x");
        assert_eq!(clean("👩\u{200d}💻"), "👩\u{200d}💻");
        assert_eq!(plain("０８：３０～17：00，①—"), "08:30~17:00,1-");
    }
}
