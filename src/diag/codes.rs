//! The stable codes of all diagnostics. `docs/errors.md` has an entry for each; a test holds the two equal.

use serde::Serialize;

/// A stable code (`P101`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Code(pub &'static str);

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0)
    }
}

/// What a code stands for.
#[derive(Clone, Copy, Debug)]
pub struct CodeInfo {
    /// The code.
    pub code: Code,
    /// Title in English.
    pub en: &'static str,
    /// Title in Chinese.
    pub zh: &'static str,
    /// The cure in a line.
    pub cure: &'static str,
}

/// Declares a constant for each code and the list of all of them.
macro_rules! registry {
    ($($name:ident $code:literal $en:literal $zh:literal $cure:literal)*) => {
        $(
            #[doc = $en]
            pub const $name: Code = Code($code);
        )*
        /// Every code in use, ascending.
        pub const CODES: &[CodeInfo] = &[
            $(CodeInfo { code: $name, en: $en, zh: $zh, cure: $cure },)*
        ];
    };
}

registry! {
    NO_FOLDER "P001" "the case folder is missing or is not a folder" "找不到案例文件夹，或它不是文件夹"
        "Give the folder that holds staff.csv, shifts.csv and rules.csv."
    MISSING_FILE "P002" "a file that is needed is missing" "缺少必需的文件"
        "Add the file to the folder."
    UNREADABLE "P003" "a file cannot be read" "文件无法读取"
        "Put a file where a folder is, or give yourself the right to read it."
    BAD_ENCODING "P004" "the text is in no encoding we know" "文字编码无法识别"
        "Save the file as UTF-8 (or GB18030)."
    NOT_TEXT "P005" "the file is not text" "文件不是文本"
        "Export the sheet as CSV; a spreadsheet file cannot be read."
    EMPTY_FILE "P006" "the file has no header" "文件没有表头"
        "Write the header and at least one row."
    DAMAGED_TEXT "P007" "damaged characters" "文字有损坏"
        "Look at the places named and write the words again."
    LONG_CELL "P008" "a cell is too long" "单元格过长"
        "Close the quotation mark that was left open, or shorten the text."
    UNKNOWN_FILE "P009" "a file that is not read" "有不会读取的文件"
        "Correct the file's name, or move it elsewhere."
    OPEN_QUOTE "P010" "a quotation mark without its partner" "引号不成对"
        "Close the quotation mark, or take it away."
    NO_ROTA_SHEET "P011" "a workbook without a rota" "表格文件中没有班表"
        "Give a workbook with a column of ids and a column for each date."
    NO_CASE "P012" "a rota whose case is not known" "不知道排班属于哪个案例"
        "Say it: --case CASE."
    MISSING_COLUMN "P101" "a column that is needed is missing" "缺少必需的列"
        "Add the column, or correct its header."
    UNKNOWN_COLUMN "P102" "a column that is not read" "有不会读取的列"
        "Correct the header, or leave it: the column is ignored."
    DUPLICATE_COLUMN "P103" "a column appears twice" "列重复"
        "Delete or rename one of the two."
    CELL_COUNT "P104" "a row has too few or too many cells" "单元格数目不对"
        "Give the row as many cells as the header; put a text with commas between quotation marks."
    ROW_SKIPPED "P105" "a row of totals or a title was skipped" "跳过了合计行或标题行"
        "Nothing, if it is one; else fill in its cells."
    EMPTY_CELL "P106" "a cell that is needed is empty" "必填单元格为空"
        "Fill in the cell."
    NO_ROWS "P107" "the file has a header but no rows" "文件只有表头没有数据"
        "Add at least one row."
    BAD_DATE "P111" "not a date" "日期无法识别"
        "Write the date as 2026-12-01."
    AMBIGUOUS_DATE "P112" "a date that can be read in two ways" "日期有歧义"
        "Write year, month, day: 2026-12-01."
    YEAR_GUESSED "P113" "a date without its year" "日期没有年份"
        "Write the year."
    BAD_TIME "P114" "not a time" "时间无法识别"
        "Write the time as 08:30; after midnight 26:00."
    BAD_NUMBER "P115" "not a number" "数字无法识别"
        "Write the number in digits, without its unit."
    OUT_OF_RANGE "P116" "a number outside its range" "数字超出范围"
        "Write a number inside the range named."
    BAD_WORD "P117" "a word that is not known here" "无法识别的词"
        "Write one of the words named."
    BECAME_A_DATE "P118" "a code that a spreadsheet turned into a date" "班次代码被表格软件改成了日期"
        "Format the column as text and write the code again."
    DUPLICATE_ID "P201" "an id appears twice" "工号重复"
        "Give every person an id of their own."
    UNKNOWN_PERSON "P202" "a person who is not in staff.csv" "名单中没有此人"
        "Correct the id, or add the person to staff.csv."
    AMBIGUOUS_NAME "P203" "a name that several people have" "姓名不唯一"
        "Write the id instead of the name."
    WRONG_ORDER "P204" "an end before its beginning" "结束早于开始"
        "Exchange or correct the two."
    UNUSED_SKILL "P205" "a skill that no other file names" "技能没有对应渠道"
        "Correct the word, or add the channel to channels.csv."
    BAD_TAG "P206" "a tag whose dates cannot be read" "标签日期无法识别"
        "Write no_night, or no_night@2026-10-01..2026-12-31."
    LOST_ZEROS "P207" "ids without their leading zeros" "工号丢失了开头的零"
        "Nothing, if it is so; to keep the zeros, format the column as text."
    TWO_WAGES "P208" "two wages of one person" "同一人有两种工资"
        "Keep wage (yuan an hour) or monthly_wage (yuan a month)."
    DUPLICATE_CODE "P301" "a shift code appears twice" "班次代码重复"
        "Give every shift a code of its own."
    UNKNOWN_SHIFT "P302" "a shift that is not in shifts.csv" "班次表中没有此班次"
        "Correct the code, or add it to shifts.csv."
    BAD_TIMES "P303" "the times of a shift cannot be read or do not fit together" "班次时段有误"
        "Write 08:00-17:00, or 10:00-14:00+17:30-23:00."
    BAD_MEAL "P304" "the meal does not fit into the shift" "用餐安排放不进班次"
        "Shorten the meal or correct its window."
    RESERVED_CODE "P305" "a shift code that means something else" "班次代码是保留词"
        "Choose another code."
    UNKNOWN_BAND "P306" "a band that no shift has" "没有班次属于此班别"
        "Correct the band, or write it into the column band of shifts.csv."
    DUPLICATE_CHANNEL "P311" "a channel appears twice" "渠道重复"
        "Keep one of the rows."
    UNKNOWN_CHANNEL "P312" "a channel that no other file names" "渠道不存在"
        "Correct the name, or add the channel to channels.csv."
    CHANNEL_WITHOUT_ROW "P313" "a forecast of a channel that channels.csv does not describe" "有话量预测的渠道在 channels.csv 中没有说明"
        "Add a row for the channel to channels.csv."
    TARGETS_DISAGREE "P314" "two target waits of a channel disagree" "同一渠道的两个目标等待时间互相矛盾"
        "Keep rings or target_s."
    NOTHING_TO_COVER "P401" "neither forecast.csv nor demand.csv" "话量预测和人数需求都没有"
        "Add one of the two files."
    DUPLICATE_ROW "P402" "two rows for the same thing" "重复的行"
        "Keep one of the rows."
    OVERLAPPING_INTERVALS "P403" "intervals of a channel overlap" "同一渠道的时段重叠"
        "Correct start or end of one of the two."
    BAD_SPACING "P404" "the spacing of the forecast is not 5 to 60 minutes" "预测间隔不在 5 到 60 分钟之间"
        "Give one row an interval, every 5 to 60 minutes."
    EMPTY_HORIZON "P405" "no days to plan, or nothing to cover in them" "没有可排班的日期或需求"
        "Correct --month, --from and --to, or the dates of the files."
    UNKNOWN_YEAR "P407" "a year whose holidays are not known" "该年节假日未知"
        "Supply the year's days in calendar.csv."
    PARTLY_KNOWN_YEAR "P408" "a year of which only the statutory days are known" "该年只知道法定节假日"
        "Add days off and make-up days to calendar.csv once they are announced."
    STATUTORY_REPLACED "P409" "a statutory day is no longer one" "法定节假日被改成了其他日子"
        "Write statutory, and the volume factor beside it."
    SHORT_HISTORY "P410" "a history too short for a forecast" "历史数据太短，无法预测"
        "Add earlier days, or take the channel out."
    UNKNOWN_RULE "P501" "a rule that does not exist" "规则不存在"
        "Correct the name; `paiban rules` lists all of them."
    BAD_RULE_VALUE "P502" "a value that the rule cannot take" "规则的值不对"
        "Write a value of the kind named."
    BAD_SCOPE "P503" "a scope that cannot be read" "范围无法识别"
        "Write terms like team:A&weekday:Sun."
    TERM_NOT_UNDERSTOOD "P504" "a scope term that the rule does not understand" "规则不支持此范围条件"
        "Leave the term out, or use another rule."
    UNKNOWN_NAME_IN_SCOPE "P505" "a scope names something that does not exist" "范围中的名称不存在"
        "Correct the name."
    RULES_DISAGREE "P506" "two equally special rows disagree" "两行同等优先的规则互相矛盾"
        "Keep one of the rows, or give one more terms."
    SOFT_WITHOUT_WEIGHT "P507" "a soft row without a weight" "软规则没有权重"
        "Write a weight of 1 or more."
    NEVER_SOFT "P508" "a rule that cannot be soft" "此规则不能设为软规则"
        "Write hard, or leave the strength empty."
    WEIGHT_UNUSED "P509" "a weight without effect" "权重不起作用"
        "Make the row soft, or leave the weight empty."
    SHORTAGE_IS_FREE "P510" "a shortage of people costs nothing" "缺员没有代价"
        "Add the row weight_understaff,,3,, to rules.csv."
    CHANGES_ARE_FREE "P511" "changes of a published rota cost nothing" "改动已发布的班表没有代价"
        "Add the row weight_stability,,500,soft, to rules.csv."
    OVERLAPPING_LEAVE "P601" "leave of a person overlaps" "同一人的请假日期重叠"
        "Correct the dates of one of the two rows."
    PINS_DISAGREE "P602" "two different pins for one person and day" "同一人同一天有两个不同的固定班次"
        "Keep one of the pins."
    OUTSIDE_HORIZON "P603" "rows outside the days that are planned" "有行不在排班日期内"
        "Nothing, if meant so; else correct the date."
    PEOPLE_GONE "P701" "rows of people who are no longer in staff.csv" "有行属于已不在名单中的人"
        "Nothing, if they have left; else correct the ids."
    UNKNOWN_PAST_SHIFT "P702" "a past shift that shifts.csv does not know" "历史班次不在班次表中"
        "Nothing if the row has its times; else add the shift to shifts.csv."
    MISSING_CELLS "P703" "days of a rota are missing" "班表缺少部分日期"
        "Add a row for each person and day, OFF for a day off."
    UNKNOWN_ACTIVITY "P704" "an activity that does not exist" "活动不存在"
        "Write a channel, a task of tasks.csv, meal, meeting, handover or tail."
    NOT_AN_INSTANCE "P801" "the file is no case and no public instance" "文件既不是案例也不是公开算例"
        "Give the folder of a case, or the file of an instance as it is published."
    MISSING_SECTION "P802" "a section of an instance is missing or empty" "算例缺少必需的部分，或该部分为空"
        "Add the section with its rows."
    UNKNOWN_SECTION "P803" "a section that is not known" "算例的部分名称无法识别"
        "Correct the name of the section."
    DUPLICATE_SECTION "P804" "a section appears twice" "算例的同一部分出现两次"
        "Put the rows of both under one heading."
    FIELD_COUNT "P805" "a row with too few or too many fields" "一行的字段数目不对"
        "Write the fields named, with commas between them."
    STRAY_ROW "P806" "a row that belongs to no section" "有行不属于任何部分"
        "Put the row below the heading of its section, or begin it with #."
    UNKNOWN_INSTANCE_PERSON "P807" "a person who is not in SECTION_STAFF" "SECTION_STAFF 中没有此人"
        "Correct the id, or add the person to SECTION_STAFF."
    UNKNOWN_INSTANCE_SHIFT "P808" "a shift that is not in SECTION_SHIFTS" "SECTION_SHIFTS 中没有此班次"
        "Correct the id, or add the shift to SECTION_SHIFTS."
    OUTSIDE_INSTANCE "P809" "a day outside the horizon of the instance" "日期超出算例的范围"
        "Write a day from 0 to one less than the days of SECTION_HORIZON."
    BAD_LIMITS "P810" "limits of shifts that cannot be read, or do not name every shift" "班次上限无法识别，或没有写全"
        "Write a limit for each shift: E=14|L=0."
    ROTA_SHAPE "P811" "a rota with other people or days than its instance" "班表的人数或天数与算例不符"
        "Give one line a person and one cell a day, with tabs between the cells."
    OUTPUT_UNWRITABLE "P901" "the output folder cannot be written to" "输出文件夹无法写入"
        "Choose another folder, or give yourself the right to write there."
    OUTPUT_BLOCKED "P902" "a file stands where a folder must be, or a folder where a file must be" "输出位置被占用"
        "Choose another folder."
    OUTPUT_FOREIGN "P903" "the output folder holds files and no rota of this program" "输出文件夹中有其他文件"
        "Choose an empty folder."
    OUTPUT_EDITED "P904" "output files have been changed since they were written" "输出文件写出后被改动过"
        "Keep your changes elsewhere, or give --force."
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::{Path, PathBuf};

    fn sources(folder: &Path, into: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).unwrap().flatten() {
            let path = entry.path();
            if path.is_dir() {
                sources(&path, into);
            } else if path.extension().is_some_and(|e| e == "rs") {
                into.push(path);
            }
        }
    }

    /// All sources but this file, as one text.
    fn program() -> String {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let mut files = Vec::new();
        sources(&root, &mut files);
        files.retain(|f| !f.ends_with("diag/codes.rs"));
        files.iter().map(|f| std::fs::read_to_string(f).unwrap()).collect()
    }

    /// Name of the constant of each code, from the registry above.
    fn constants() -> Vec<(String, String)> {
        let own = include_str!("codes.rs");
        let registry = own.split("registry! {").nth(1).unwrap().split("#[cfg(test)]").next().unwrap();
        let words: Vec<&str> = registry.split_whitespace().collect();
        let is_code = |w: &str| w.len() == 6 && w.starts_with("\"P") && w.ends_with('"');
        words
            .windows(2)
            .filter(|p| is_code(p[1]))
            .map(|p| (p[0].to_owned(), p[1].trim_matches('"').to_owned()))
            .collect()
    }

    #[test]
    fn codes_ascend_and_are_unique() {
        assert!(CODES.windows(2).all(|p| p[0].code < p[1].code));
        assert_eq!(constants().len(), CODES.len());
    }

    #[test]
    fn every_registered_code_is_used() {
        let program = program();
        for (name, code) in constants() {
            assert!(program.contains(&format!("codes::{name}")), "{code} {name} is used nowhere");
        }
    }

    #[test]
    fn every_used_code_is_registered() {
        let program = program();
        let known: Vec<String> = CODES.iter().map(|c| format!("\"{}\"", c.code)).collect();
        for piece in program.split("Code(\"").skip(1) {
            let literal = format!("\"{}", &piece[..5.min(piece.len())]);
            assert!(known.contains(&literal), "{literal} is not registered");
        }
        let names: Vec<String> = constants().into_iter().map(|(name, _)| name).collect();
        for piece in program.split("codes::").skip(1) {
            let name: String = piece.chars().take_while(|c| c.is_ascii_uppercase() || *c == '_').collect();
            assert!(name.is_empty() || name.len() == 1 || names.contains(&name), "{name} is not registered");
        }
    }

    #[test]
    fn the_page_of_errors_has_every_code_with_example_and_cure() {
        let page = include_str!("../../docs/errors.md");
        let mut listed = Vec::new();
        for section in page.split("\n### ").skip(1) {
            let title = section.lines().next().unwrap_or("");
            let code = title.split(' ').next().unwrap_or("");
            let info = CODES.iter().find(|c| c.code.0 == code);
            let info = info.unwrap_or_else(|| panic!("{code} is on the page, not in the program"));
            assert_eq!(title, format!("{code} {} · {}", info.en, info.zh));
            assert!(section.contains("```"), "{code} has no example");
            assert!(section.contains(&format!("Cure: {}", info.cure)), "{code}: the cure differs");
            listed.push(code);
        }
        let known: Vec<&str> = CODES.iter().map(|c| c.code.0).collect();
        assert_eq!(listed, known);
    }
}
