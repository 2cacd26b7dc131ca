//! Names to indices: people by id or unique name, shifts by code, channels, bands, teams.

use super::cell::{Bad, Cell, Log, with_nearest};
use super::text::{clean, plain};
use super::values::{date, word};
use crate::base::Text;
use crate::base::index::{ChannelIx, PersonIx, ShiftIx};
use crate::diag::{codes, shorten};
use crate::model::{Case, Channel, Person, ShiftType};
use rustc_hash::FxHashMap;

/// Every name that a cell can refer to.
#[derive(Debug, Default)]
pub(super) struct Names {
    ids: FxHashMap<String, PersonIx>,
    /// Numeric ids without their leading zeros; `None` where several people would have the same.
    bare_ids: FxHashMap<String, Option<PersonIx>>,
    people: FxHashMap<String, Vec<PersonIx>>,
    /// Ids in file order, as written.
    pub(super) id_list: Vec<String>,
    shifts: FxHashMap<String, ShiftIx>,
    /// Names of shifts; `None` where several shifts have the same.
    shift_names: FxHashMap<String, Option<ShiftIx>>,
    /// Codes in file order, as written.
    pub(super) codes: Vec<String>,
    channels: FxHashMap<String, ChannelIx>,
    /// Channel names in order.
    pub(super) channel_list: Vec<String>,
    /// Bands of the shifts, each once.
    pub(super) bands: Vec<String>,
    /// Teams of the people, each once.
    pub(super) teams: Vec<String>,
    /// Contracts of the people, each once.
    pub(super) contracts: Vec<String>,
    /// Tags of the people, each once.
    pub(super) tags: Vec<String>,
    /// Kinds of leave of the case, each once.
    pub(super) leave_kinds: Vec<String>,
}

/// An id or code for comparison: NFKC, no blanks around, capitals.
pub(super) fn id_key(text: &str) -> String {
    plain(text).trim().to_uppercase()
}

/// A numeric id without its leading zeros, as a spreadsheet program writes it back.
fn without_zeros(id: &str) -> Option<String> {
    let key = id_key(id);
    let numeric = !key.is_empty() && key.bytes().all(|b| b.is_ascii_digit());
    numeric.then(|| key.trim_start_matches('0').to_owned())
}

/// `3.30102E+17`: what a spreadsheet program makes of an id of many digits.
fn is_rounded_number(text: &str) -> bool {
    let parts = text.split_once(['E', 'e']);
    parts.is_some_and(|(digits, power)| {
        power.starts_with('+') && digits.contains('.') && digits.parse::<f64>().is_ok()
    })
}

/// What a text that should name a person is.
pub(super) enum Found {
    /// This person.
    Person(PersonIx),
    /// This person, but for leading zeros that are missing.
    LostZeros(PersonIx),
    /// The name of several people.
    Several(Vec<PersonIx>),
    /// Nobody.
    Nobody,
}

impl Names {
    /// The names of a whole case.
    pub(super) fn of_case(case: &Case) -> Self {
        let mut names = Self::default();
        names.add_shifts(&case.shifts);
        names.add_channels(&case.channels);
        names.add_people(&case.people);
        for leave in &case.leave {
            names.add_leave_kind(&leave.kind);
        }
        names
    }
    /// Enters a kind of leave.
    pub(super) fn add_leave_kind(&mut self, kind: &str) {
        add_once(&mut self.leave_kinds, &plain(kind).trim().to_uppercase());
    }
    /// Enters the shifts.
    pub(super) fn add_shifts(&mut self, shifts: &[ShiftType]) {
        for (i, shift) in shifts.iter().enumerate() {
            self.shifts.entry(id_key(&shift.code)).or_insert(ShiftIx::new(i));
            self.codes.push(shift.code.clone());
            let named = self.shift_names.entry(id_key(&shift.name));
            named.and_modify(|one| *one = None).or_insert(Some(ShiftIx::new(i)));
            add_once(&mut self.bands, &shift.band);
        }
    }
    /// Enters the channels.
    pub(super) fn add_channels(&mut self, channels: &[Channel]) {
        for (i, channel) in channels.iter().enumerate() {
            self.channels.entry(word::key(&channel.name)).or_insert(ChannelIx::new(i));
            self.channel_list.push(channel.name.clone());
        }
    }
    /// Enters the people.
    pub(super) fn add_people(&mut self, people: &[Person]) {
        for (i, person) in people.iter().enumerate() {
            let p = PersonIx::new(i);
            self.ids.entry(id_key(&person.id)).or_insert(p);
            if let Some(bare) = without_zeros(&person.id) {
                self.bare_ids.entry(bare).and_modify(|known| *known = None).or_insert(Some(p));
            }
            self.people.entry(person.name.clone()).or_default().push(p);
            self.id_list.push(person.id.clone());
            add_once(&mut self.teams, &person.team);
            add_once(&mut self.contracts, &person.contract);
            for tag in &person.tags {
                add_once(&mut self.tags, &tag.word);
            }
        }
    }

    /// The person with an id, else with a name; `姓名(工号)` is understood too.
    pub(super) fn find_person(&self, text: &str) -> Found {
        if let Some(p) = self.ids.get(&id_key(text)) {
            return Found::Person(*p);
        }
        if let Some(list) = self.people.get(text) {
            return match list.as_slice() {
                [one] => Found::Person(*one),
                several => Found::Several(several.to_vec()),
            };
        }
        let inner = text.trim_end_matches([')', '）']).rsplit_once(['(', '（']).map(|(_, id)| clean(id));
        if let Some(p) = inner.and_then(|id| self.ids.get(&id_key(&id))) {
            return Found::Person(*p);
        }
        match without_zeros(text).and_then(|bare| self.bare_ids.get(&bare).copied().flatten()) {
            Some(p) => Found::LostZeros(p),
            None => Found::Nobody,
        }
    }
    /// The shift with a code, in any case and width.
    pub(super) fn find_shift(&self, text: &str) -> Option<ShiftIx> {
        self.shifts.get(&id_key(text)).copied()
    }
    /// The shift that a name means, where only one has it: what people write into a rota, and what other systems show.
    pub(super) fn find_shift_by_name(&self, text: &str) -> Option<ShiftIx> {
        self.shift_names.get(&id_key(text)).copied().flatten()
    }
    /// The channel with a name.
    pub(super) fn find_channel(&self, text: &str) -> Option<ChannelIx> {
        self.channels.get(&word::key(text)).copied()
    }
    /// The band as the shifts write it.
    pub(super) fn find_band(&self, text: &str) -> Option<&str> {
        find(&self.bands, text)
    }

    /// The person of a cell.
    pub(super) fn person(&self, cell: &Cell<'_>, log: &mut Log) -> Result<PersonIx, Bad> {
        if cell.is_empty() {
            return Err(cell.is_needed(log));
        }
        let v = shorten(cell.text());
        match self.find_person(cell.text()) {
            Found::Person(p) => Ok(p),
            Found::LostZeros(p) => {
                self.note_lost_zeros(cell, p, log);
                Ok(p)
            }
            Found::Several(list) => {
                let ids: Vec<&str> = list.iter().map(|p| self.id_list[p.ix()].as_str()).collect();
                let fact = Text::new(
                    format!("{} people are called \"{v}\": {}", ids.len(), ids.join(", ")),
                    format!("有 {} 个人叫“{v}”：{}", ids.len(), ids.join("、")),
                );
                let cure = Text::new("write the id instead of the name", "请写工号，不要写姓名");
                Err(log.bad(cell.error(codes::AMBIGUOUS_NAME, fact, cure)))
            }
            Found::Nobody => {
                let fact =
                    Text::new(format!("nobody in staff.csv is \"{v}\""), format!("staff.csv 中没有“{v}”"));
                let near = crate::diag::nearest(&v, self.id_list.iter().map(String::as_str));
                let cure = match near {
                    _ if is_rounded_number(cell.text()) => Text::new(
                        "a spreadsheet made a rounded number of a long id: format the column as text and write it again",
                        "长工号被表格软件改成了四舍五入的数字：请把该列设为文本格式后重新填写",
                    ),
                    Some(_) => with_nearest::<String>(&v, &self.id_list, &[]),
                    None => Text::new(
                        "correct the id, or add the person to staff.csv",
                        "请改正工号，或在 staff.csv 中加上此人",
                    ),
                };
                Err(log.bad(cell.error(codes::UNKNOWN_PERSON, fact, cure)))
            }
        }
    }

    /// Says once a file that its ids have lost their leading zeros.
    pub(super) fn note_lost_zeros(&self, cell: &Cell<'_>, person: PersonIx, log: &mut Log) {
        if log.findings.items().iter().any(|d| d.code == codes::LOST_ZEROS && d.file == cell.file()) {
            return;
        }
        let (v, id) = (shorten(cell.text()), &self.id_list[person.ix()]);
        let fact = Text::new(
            format!("\"{v}\" is taken for \"{id}\": a spreadsheet has dropped leading zeros in this file"),
            format!("“{v}”按“{id}”处理：此文件中工号开头的零被表格软件丢掉了"),
        );
        let cure = Text::new(
            "nothing to do if that is so; to keep the zeros, format the column as text",
            "如果确实如此，无需处理；要保留零，请把该列设为文本格式",
        );
        log.findings.push(cell.warning(codes::LOST_ZEROS, fact, cure));
    }

    /// The finding that a cell names no shift. `also`: further words that the cell could hold.
    pub(super) fn unknown_shift(&self, cell: &Cell<'_>, also: &[&str]) -> crate::diag::Diagnostic {
        let v = shorten(cell.text());
        let looks_like_date = v.chars().any(|c| c.is_ascii_digit())
            && (date::parse_date(&v, None).is_ok()
                || date::parse_date(&v, Some(crate::io::read::ANY_YEAR)).is_ok()
                || is_english_date(&v));
        if looks_like_date {
            let fact = Text::new(
                format!("\"{v}\" is a date where a shift code is expected: a spreadsheet made it of a code"),
                format!("这里应是班次代码，却是日期“{v}”：可能被表格软件改写"),
            );
            let cure = Text::new(
                "format the column as text and write the code again (such as 8-12 or 1-5)",
                "请把该列设为文本格式，重新填写班次代码（例如 8-12、1-5）",
            );
            return cell.error(codes::BECAME_A_DATE, fact, cure);
        }
        let fact =
            Text::new(format!("shifts.csv has no shift \"{v}\""), format!("shifts.csv 中没有班次“{v}”"));
        let known: Vec<&str> = self.codes.iter().map(String::as_str).chain(also.iter().copied()).collect();
        cell.error(codes::UNKNOWN_SHIFT, fact, with_nearest(&v, &known, &known))
    }
    /// The channel of a cell.
    pub(super) fn channel(&self, cell: &Cell<'_>, log: &mut Log) -> Result<ChannelIx, Bad> {
        if cell.is_empty() {
            return Err(cell.is_needed(log));
        }
        self.find_channel(cell.text()).ok_or_else(|| {
            let v = shorten(cell.text());
            let fact = Text::new(format!("there is no channel \"{v}\""), format!("没有渠道“{v}”"));
            let cure = with_nearest(&v, &self.channel_list, &self.channel_list);
            log.bad(cell.error(codes::UNKNOWN_CHANNEL, fact, cure))
        })
    }
}

/// `12-Aug`, `Aug-12`: how an English spreadsheet writes a code like `8-12` back.
fn is_english_date(text: &str) -> bool {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let lower = text.to_lowercase();
    let parts: Vec<&str> = lower.split('-').collect();
    let number = |p: &str| !p.is_empty() && p.len() <= 4 && p.bytes().all(|b| b.is_ascii_digit());
    matches!(parts.as_slice(), [a, b] if MONTHS.contains(a) && number(b) || number(a) && MONTHS.contains(b))
}

/// The entry of a list that is equal but for case and width.
pub(super) fn find<'a>(list: &'a [String], text: &str) -> Option<&'a str> {
    let exact = list.iter().find(|known| *known == text);
    exact.or_else(|| list.iter().find(|known| word::key(known) == word::key(text))).map(String::as_str)
}

fn add_once(list: &mut Vec<String>, word: &str) {
    if !word.is_empty() && !list.iter().any(|known| known == word) {
        list.push(word.to_owned());
    }
}
