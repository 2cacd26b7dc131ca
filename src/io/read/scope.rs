//! Scopes: `team:A&weekday:Sun` to terms with names resolved.

use super::cell::{Bad, Cell, Log, with_nearest};
use super::names::{Found, Names, find};
use super::text::{clean, plain};
use super::values::date::parse_date;
use super::values::word;
use crate::base::Text;
use crate::base::index::PersonIx;
use crate::calendar::{DayKind, WEEKDAYS_EN};
use crate::diag::{Code, Diagnostic, codes, shorten};
use crate::rules::{ChannelKind, Scope, ScopeTerm, TermKind};

/// English and Chinese words before the colon.
const KEYS: [(&str, &[&str]); 11] = [
    ("team", &["team", "班组", "小组", "团队"]),
    ("contract", &["contract", "合同"]),
    ("id", &["id", "工号", "员工"]),
    ("tag", &["tag", "标签"]),
    ("shift", &["shift", "班次", "code"]),
    ("band", &["band", "班别"]),
    ("channel", &["channel", "渠道", "skill", "技能"]),
    ("kind", &["kind", "渠道类型", "类型"]),
    ("weekday", &["weekday", "星期"]),
    ("date", &["date", "日期"]),
    ("day", &["day", "日子", "节假日", "日历"]),
];

/// The scope of a cell, each term of a family in `allowed`.
pub(super) fn read(
    cell: &Cell<'_>,
    allowed: &[TermKind],
    names: &Names,
    log: &mut Log,
) -> Result<Scope, Bad> {
    let mut scope = Scope::default();
    if cell.is_empty() || matches!(word::key(cell.text()).as_str(), "all" | "全部" | "所有" | "全员") {
        return Ok(scope);
    }
    let mut fault = None;
    let mut texts = Vec::new();
    for part in cell.text().split(['&', '＆']) {
        match read_term(cell, &clean(part), names, log) {
            Ok((term, text)) if !understood(&term, allowed) => {
                let fact = Text::new(
                    format!("this rule does not understand \"{text}\" in its scope"),
                    format!("此规则的范围不支持“{text}”"),
                );
                fault = Some(log.bad(cell.error(codes::TERM_NOT_UNDERSTOOD, fact, what_is_allowed(allowed))));
            }
            Ok((term, text)) => {
                if !scope.terms.contains(&term) {
                    scope.terms.push(term);
                    texts.push(text);
                }
            }
            Err(bad) => fault = Some(bad),
        }
    }
    scope.text = texts.join("&");
    fault.map_or(Ok(scope), Err)
}

fn understood(term: &ScopeTerm, allowed: &[TermKind]) -> bool {
    let families: &[TermKind] = match term {
        ScopeTerm::Team(_) | ScopeTerm::Contract(_) | ScopeTerm::Id(_) | ScopeTerm::Tag(_) => {
            &[TermKind::Person]
        }
        ScopeTerm::Shift(_) | ScopeTerm::Band(_) => &[TermKind::Shift],
        ScopeTerm::Channel(_) | ScopeTerm::Kind(_) => &[TermKind::Person, TermKind::Channel],
        ScopeTerm::Weekday(_) | ScopeTerm::Date(_) | ScopeTerm::Day(_) => &[TermKind::Day],
    };
    families.iter().any(|f| allowed.contains(f))
}

fn what_is_allowed(allowed: &[TermKind]) -> Text {
    let mut words: Vec<&str> = Vec::new();
    for family in allowed {
        words.extend(match family {
            TermKind::Person => &["team", "contract", "id", "tag", "channel", "kind"][..],
            TermKind::Shift => &["shift", "band"],
            TermKind::Channel => &["channel", "kind"],
            TermKind::Day => &["weekday", "date", "day"],
        });
    }
    words.dedup();
    Text::new(
        format!("leave the term out; it understands {}", words.join(", ")),
        format!("请去掉这个条件；可用的有 {}", words.join("、")),
    )
}

fn read_term(cell: &Cell<'_>, text: &str, names: &Names, log: &mut Log) -> Result<(ScopeTerm, String), Bad> {
    let keys: Vec<&str> = KEYS.iter().map(|(key, _)| *key).collect();
    let Some((key, value)) = text.split_once([':', '：']) else {
        let v = shorten(text);
        let fact = Text::new(format!("\"{v}\" is no scope term"), format!("“{v}”不是范围条件"));
        let cure = Text::new(
            "write terms like team:A, joined by &; leave the cell empty for all",
            "请写 team:A 之类的条件，用 & 连接；不限范围则留空",
        );
        return Err(log.bad(cell.error(codes::BAD_SCOPE, fact, cure)));
    };
    let wanted = word::key(key);
    let Some((key, _)) = KEYS.iter().find(|(_, words)| words.contains(&wanted.as_str())) else {
        let v = shorten(key);
        let fact = Text::new(format!("\"{v}:\" is no kind of scope term"), format!("没有“{v}:”这种范围条件"));
        return Err(log.bad(cell.error(codes::BAD_SCOPE, fact, with_nearest(&wanted, &keys, &keys))));
    };
    let raw = clean(value);
    let value = plain(&raw);
    let value = value.trim();
    let unknown = |code: Code, known: &[String]| -> Diagnostic {
        let v = shorten(value);
        let fact = Text::new(format!("there is no {key} \"{v}\""), format!("没有“{key}:{v}”"));
        cell.error(code, fact, with_nearest(value, known, known))
    };
    let unnamed = codes::UNKNOWN_NAME_IN_SCOPE;
    let term = match *key {
        "team" => find(&names.teams, value).map(|t| (ScopeTerm::Team(t.to_owned()), t.to_owned())),
        "contract" => {
            find(&names.contracts, value).map(|c| (ScopeTerm::Contract(c.to_owned()), c.to_owned()))
        }
        "id" => return read_person(cell, &raw, names, log),
        "tag" => {
            if find(&names.tags, value).is_none() {
                log.findings.push(nobody_has(cell, value, names));
            }
            let tag = find(&names.tags, value).unwrap_or(value).to_owned();
            (!tag.is_empty()).then(|| (ScopeTerm::Tag(tag.clone()), tag))
        }
        "shift" => names.find_shift(value).map(|s| (ScopeTerm::Shift(s), names.codes[s.ix()].clone())),
        "band" => names.find_band(value).map(|b| (ScopeTerm::Band(b.to_owned()), b.to_owned())),
        "channel" => {
            names.find_channel(value).map(|c| (ScopeTerm::Channel(c), names.channel_list[c.ix()].clone()))
        }
        "kind" => word::channel_kind(value).map(|k| (ScopeTerm::Kind(k), kind_word(k).to_owned())),
        "weekday" => word::weekday(value).map(|w| (ScopeTerm::Weekday(w), WEEKDAYS_EN[w].to_owned())),
        "date" => parse_date(value, log.near).ok().map(|d| (ScopeTerm::Date(d.date), d.date.to_string())),
        _ => word::day_kind(value).map(|k| (ScopeTerm::Day(k), day_word(k).to_owned())),
    };
    if let Some((term, text)) = term {
        return Ok((term, format!("{key}:{text}")));
    }
    let words = |list: &[&str]| list.iter().map(|w| (*w).to_owned()).collect::<Vec<_>>();
    Err(log.bad(match *key {
        "team" => unknown(unnamed, &names.teams),
        "contract" => unknown(unnamed, &names.contracts),
        "tag" => unknown(unnamed, &names.tags),
        "shift" => unknown(unnamed, &names.codes),
        "band" => unknown(unnamed, &names.bands),
        "channel" => unknown(unnamed, &names.channel_list),
        "kind" => unknown(codes::BAD_SCOPE, &words(&["voice", "chat", "deferred"])),
        "weekday" => unknown(codes::BAD_SCOPE, &words(&WEEKDAYS_EN)),
        "date" => unknown(codes::BAD_SCOPE, &words(&["2026-12-12"])),
        _ => unknown(codes::BAD_SCOPE, &words(&["statutory", "holiday", "workday", "promotion"])),
    }))
}

fn read_person(
    cell: &Cell<'_>,
    text: &str,
    names: &Names,
    log: &mut Log,
) -> Result<(ScopeTerm, String), Bad> {
    let term = |p: PersonIx| (ScopeTerm::Id(p), format!("id:{}", names.id_list[p.ix()]));
    match names.find_person(text) {
        Found::Person(p) => Ok(term(p)),
        Found::LostZeros(p) => {
            names.note_lost_zeros(cell, p, log);
            Ok(term(p))
        }
        _ => {
            let v = shorten(text);
            let fact = Text::new(format!("there is no person \"{v}\""), format!("没有此人“{v}”"));
            let cure = with_nearest(text, &names.id_list, &names.id_list);
            Err(log.bad(cell.error(codes::UNKNOWN_NAME_IN_SCOPE, fact, cure)))
        }
    }
}

fn nobody_has(cell: &Cell<'_>, tag: &str, names: &Names) -> Diagnostic {
    let v = shorten(tag);
    let fact = Text::new(format!("nobody has the tag \"{v}\""), format!("没有人带标签“{v}”"));
    cell.warning(codes::UNKNOWN_NAME_IN_SCOPE, fact, with_nearest(tag, &names.tags, &names.tags))
}

fn kind_word(kind: ChannelKind) -> &'static str {
    match kind {
        ChannelKind::Voice => "voice",
        ChannelKind::Chat => "chat",
        ChannelKind::Deferred => "deferred",
    }
}

fn day_word(kind: DayKind) -> &'static str {
    match kind {
        DayKind::Statutory => "statutory",
        DayKind::Holiday => "holiday",
        DayKind::Workday => "workday",
        DayKind::Promotion => "promotion",
    }
}
