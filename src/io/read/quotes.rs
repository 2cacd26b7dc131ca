//! Quotation marks without a partner: they make one cell of many rows, so they are looked for before anything is read.

/// The line (from 1) on which a quoted cell begins that is never closed, or after whose closing mark more text stands.
/// `delimiter` as the csv library gets it; rows that start with `#` are comments.
pub(super) fn unpaired(text: &str, delimiter: u8) -> Option<usize> {
    let bytes = text.as_bytes();
    let ends_cell = |b: Option<&u8>| b.is_none_or(|&b| b == delimiter || b == b'\n' || b == b'\r');
    let (mut at, mut line) = (0, 1);
    while at < bytes.len() {
        if bytes[at] == b'"' {
            let begins = line;
            at += 1;
            loop {
                match bytes.get(at) {
                    None => return Some(begins),
                    Some(b'"') if bytes.get(at + 1) == Some(&b'"') => at += 1,
                    Some(b'"') => break,
                    Some(b'\n') => line += 1,
                    Some(_) => {}
                }
                at += 1;
            }
            at += 1;
            while bytes.get(at) == Some(&b' ') {
                at += 1;
            }
            if !ends_cell(bytes.get(at)) {
                return Some(begins);
            }
        } else {
            let is_comment = bytes[at] == b'#' && (at == 0 || bytes[at - 1] == b'\n');
            let ends = |b: u8| b == b'\n' || !is_comment && (b == delimiter || b == b'\r');
            at += bytes[at..].iter().position(|&b| ends(b)).unwrap_or(bytes.len() - at);
        }
        line += usize::from(bytes.get(at) == Some(&b'\n'));
        at += 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paired_marks_are_left_alone() {
        for text in [
            "",
            "id,name\n1,a\n",
            "\"a\",\"b\"\r\n\"c,d\",\"e\"\"f\"\r\n",
            "1,\"two\nlines\"\n2,b",
            "1,5\" screen\n2,it's\n",
            "# a \"comment\n1,b\n\"x\" ,y\n",
            "\"\",\"\"\n",
        ] {
            assert_eq!(unpaired(text, b','), None, "{text}");
        }
        assert_eq!(unpaired("\"a\";\"b,c\"\n", b';'), None);
    }

    #[test]
    fn marks_without_a_partner_are_named_by_the_line_they_stand_on() {
        for (text, line) in [
            ("id,name\n1,a\n2,\"b\n", 3),
            ("id,name\n1,\"a\n2,\"b\n3,c\n", 2),
            ("id,name\n1,\"a\n2,b\"c\n3,d\n", 2),
            ("\"one\ntwo\",\"three\n", 2),
            ("\"", 1),
        ] {
            assert_eq!(unpaired(text, b','), Some(line), "{text}");
        }
    }
}
