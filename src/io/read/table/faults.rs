//! What can be wrong with a table, as findings.

use super::header::header_key;
use super::records::LONGEST_CELL;
use super::{RawRow, Table};
use crate::base::Text;
use crate::diag::{Diagnostic, codes, nearest};

impl Table {
    pub(super) fn header_example(&self) -> String {
        self.columns.columns.iter().filter(|c| c.required).map(|c| c.name).collect::<Vec<_>>().join(",")
    }

    pub(super) fn unusable(&self, line: usize, why: &str) -> Diagnostic {
        let fact = Text::new(format!("the table cannot be read: {why}"), format!("表格无法读取：{why}"));
        let cure = Text::new("export the sheet as CSV again", "请重新导出为 CSV");
        Diagnostic::error(codes::NOT_TEXT, fact, cure).at(&self.file, line)
    }

    pub(super) fn unpaired_quote(&self, line: usize) -> Diagnostic {
        let fact = Text::new(
            "a quotation mark that is opened in this row is not closed at the end of its cell",
            "本行打开的引号没有在单元格末尾闭合",
        );
        let cure = Text::new(
            "close it, take it away, or write it twice (\"\") inside a text between quotation marks",
            "请补上或去掉引号；引号内的引号要写两遍（\"\"）",
        );
        self.place(Diagnostic::error(codes::OPEN_QUOTE, fact, cure), line, "", "")
    }

    pub(super) fn long_cell(&self, line: usize, cell: &str) -> Diagnostic {
        let fact = Text::new(
            format!("a cell of this row is {} bytes long; at most {LONGEST_CELL} are read", cell.len()),
            format!("本行有一个单元格长达 {} 字节，最多读取 {LONGEST_CELL} 字节", cell.len()),
        );
        let cure = Text::new(
            "perhaps a quotation mark was opened here and never closed; else shorten the text",
            "可能此处的引号没有闭合；否则请缩短内容",
        );
        let found = Diagnostic::error(codes::LONG_CELL, fact, cure).at(&self.file, line);
        let head: String = cell.chars().take(20).collect();
        found.cell("", cell).with_source(self.source(line, head.lines().next().unwrap_or("")))
    }

    pub(super) fn cell_count(&self, row: &RawRow, count: usize) -> Diagnostic {
        let width = self.headers.len();
        let fact = Text::new(
            format!("this row has {count} cell{}, the header has {width}", if count == 1 { "" } else { "s" }),
            format!("本行有 {count} 个单元格，表头有 {width} 个"),
        );
        let cure = if row.cells.iter().any(|c| c.contains('\n')) {
            Text::new(
                "a quotation mark that is opened in this row is closed on a later line: correct the marks",
                "本行的引号在后面的行才闭合：请改正引号",
            )
        } else if self.line(row.line).is_some_and(|line| line.contains('\r')) {
            Text::new(
                "a carriage return (\\r) inside the line ends the row there: type the line anew",
                "行内有回车符（\\r），本行在该处断开：请重新输入这一行",
            )
        } else if count < width && row.cells.iter().any(|c| c.contains(['，', '；', ';', '\t'])) {
            Text::new("put commas (,) between the cells of this row", "本行的单元格之间请用英文逗号（,）分隔")
        } else if count > width {
            Text::new(
                "put a text that contains the separator between quotation marks, or delete the extra cells",
                "含有分隔符的内容请用引号括起来，或删除多余的单元格",
            )
        } else {
            Text::new(
                "add the missing cells; empty ones need their separators too",
                "请补上缺少的单元格；空单元格也要写分隔符",
            )
        };
        self.place(Diagnostic::error(codes::CELL_COUNT, fact, cure), row.line, "", "")
    }

    pub(super) fn note_skipped(&self, line: usize, en: &str, zh: &str) -> Diagnostic {
        let fact =
            Text::new(format!("this row is taken for {en} and skipped"), format!("本行看作{zh}，已跳过"));
        let cure = Text::new("nothing to do if it is one", "如果确实如此，无需处理");
        self.place(Diagnostic::warning(codes::ROW_SKIPPED, fact, cure), line, "", "")
    }

    pub(super) fn unknown_column(&self, line: usize, name: &str) -> Diagnostic {
        let known = self.columns.columns.iter().flat_map(|c| [c.name, c.zh]);
        let fact =
            Text::new(format!("the column \"{name}\" is not read"), format!("不认识“{name}”列，已忽略"));
        let cure = match nearest(&header_key(name), known) {
            Some(near) => Text::new(format!("did you mean \"{near}\"?"), format!("是不是“{near}”？")),
            None => Text::new("leave it, or delete the column", "可以保留，也可以删除此列"),
        };
        self.place(Diagnostic::warning(codes::UNKNOWN_COLUMN, fact, cure), line, name, name)
    }
}
