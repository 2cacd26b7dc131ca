//! `rules.csv`

use super::cell::{Bad, Cell, Log, with_nearest};
use super::names::Names;
use super::scope;
use super::staff::unknown_band;
use super::table::{Row, Table};
use super::values::word;
use crate::base::Text;
use crate::diag::{codes, shorten};
use crate::model::{RuleRow, Strength};
use crate::rules::{self, RotationOrder, RuleKind, RuleSpec, RuleValue, SPECS, ValueKind};

/// A rule row, and the table row it came from.
pub(super) struct Written<'t> {
    /// The rule.
    pub(super) rule: RuleRow,
    /// Its row.
    pub(super) row: Row<'t>,
}

/// All rows that can be read, in file order.
pub(super) fn read<'t>(table: &'t Table, names: &Names, log: &mut Log) -> Vec<Written<'t>> {
    table.rows().filter_map(|row| read_row(&row, names, log).ok().map(|rule| Written { rule, row })).collect()
}

fn read_row(row: &Row<'_>, names: &Names, log: &mut Log) -> Result<RuleRow, Bad> {
    let (spec, band) = read_name(&row.get("rule"), names, log)?;
    let scope = scope::read(&row.get("scope"), spec.terms, names, log);
    let value = read_value(&row.get("value"), spec, names, log);
    let (strength, weight) = read_strength(row, spec, log)?;
    let (scope, value) = (scope?, value?);
    // A price is its own weight, whatever stands in the columns strength and weight.
    let priced = spec.value == ValueKind::Weight;
    let weight = if priced { value.number() } else { weight };
    let strength = if priced { Strength::Soft } else { strength };
    Ok(RuleRow { kind: spec.kind, band, scope, value, strength, weight, origin: row.origin() })
}

fn read_name(cell: &Cell<'_>, names: &Names, log: &mut Log) -> Result<(&'static RuleSpec, String), Bad> {
    if cell.is_empty() {
        return Err(cell.is_needed(log));
    }
    let v = shorten(cell.text());
    let Some(spec) = rules::spec_by_name(cell.text()) else {
        let fact = Text::new(format!("there is no rule \"{v}\""), format!("没有规则“{v}”"));
        let known: Vec<&str> = SPECS.iter().flat_map(|s| [s.name, s.zh]).collect();
        let (name, band) = rules::split_name(cell.text());
        let cure = if !band.is_empty() && rules::spec_by_name(name).is_some() {
            Text::new(
                "only fair_band takes a band; use the scope for the rest",
                "只有 fair_band 可带班别；其余请写在范围里",
            )
        } else if crate::diag::nearest(name, known.iter().copied()).is_some() {
            with_nearest(name, &known, &[])
        } else {
            Text::new("`paiban rules` lists all rules", "`paiban rules` 列出全部规则")
        };
        return Err(log.bad(cell.error(codes::UNKNOWN_RULE, fact, cure)));
    };
    if spec.kind != RuleKind::FairBand {
        return Ok((spec, String::new()));
    }
    let (_, band) = rules::split_name(cell.text());
    match names.find_band(band) {
        Some(known) => Ok((spec, known.to_owned())),
        None if band.is_empty() => {
            let fact = Text::new("fair_band does not say which band", "fair_band 没有写明班别");
            let cure = Text::new("write fair_band:late", "请写 fair_band:late");
            Err(log.bad(cell.error(codes::UNKNOWN_RULE, fact, cure)))
        }
        None => Err(log.bad(unknown_band(cell, band, &names.bands))),
    }
}

fn read_value(cell: &Cell<'_>, spec: &RuleSpec, names: &Names, log: &mut Log) -> Result<RuleValue, Bad> {
    if cell.is_empty() {
        return Err(cell.is_needed(log));
    }
    let v = shorten(cell.text());
    let value = rules::parse_value(spec, cell.text()).map_err(|expected| {
        let fact = Text::new(
            format!("{} cannot be \"{v}\"", spec.name),
            format!("{}（{}）不能是“{v}”", spec.zh, spec.name),
        );
        let cure = Text::new(format!("write {}", expected.en), format!("请写{}", expected.zh));
        log.bad(cell.error(codes::BAD_RULE_VALUE, fact, cure))
    })?;
    match value {
        RuleValue::Succession(a, b) => {
            let (a, b) = (code_or_band(cell, &a, names, log), code_or_band(cell, &b, names, log));
            Ok(RuleValue::Succession(a?, b?))
        }
        RuleValue::RotationOrder(RotationOrder::Cycle(bands)) => {
            let mut places = names.bands.clone();
            places.push(RotationOrder::RELIEF.to_owned());
            let known = bands.iter().map(|band| {
                let relief = (band == RotationOrder::RELIEF).then(|| band.clone());
                let found = names.find_band(band).map(str::to_owned).or(relief);
                found.ok_or_else(|| log.bad(unknown_band(cell, band, &places)))
            });
            // All unknown bands are named, not the first only.
            let known: Vec<Result<String, Bad>> = known.collect();
            Ok(RuleValue::RotationOrder(RotationOrder::Cycle(known.into_iter().collect::<Result<_, _>>()?)))
        }
        other => Ok(other),
    }
}

fn code_or_band(cell: &Cell<'_>, text: &str, names: &Names, log: &mut Log) -> Result<String, Bad> {
    if names.codes.iter().chain(&names.bands).any(|known| known == text) {
        return Ok(text.to_owned());
    }
    if let Some(s) = names.find_shift(text) {
        return Ok(names.codes[s.ix()].clone());
    }
    if let Some(band) = names.find_band(text) {
        return Ok(band.to_owned());
    }
    let v = shorten(text);
    let fact =
        Text::new(format!("no shift has the code or band \"{v}\""), format!("没有班次代码或班别“{v}”"));
    let known: Vec<&str> = names.codes.iter().chain(&names.bands).map(String::as_str).collect();
    Err(log.bad(cell.error(codes::UNKNOWN_SHIFT, fact, with_nearest(text, &known, &known))))
}

fn read_strength(row: &Row<'_>, spec: &RuleSpec, log: &mut Log) -> Result<(Strength, i64), Bad> {
    let (strength_cell, weight_cell) = (row.get("strength"), row.get("weight"));
    let strength = strength_cell.word(word::strength, &["hard", "soft"], log);
    let weight = weight_cell.integer(0, 1_000_000, log);
    let (strength, weight) = (strength?.unwrap_or(Strength::Hard), weight?);
    let priced = spec.value == ValueKind::Weight;
    if strength == Strength::Soft && !spec.can_be_soft && !priced {
        let fact = Text::new(
            format!("{} is a setting: it cannot be soft", spec.name),
            format!("{}（{}）是设定，不能设为软规则", spec.zh, spec.name),
        );
        let cure = Text::new("write hard, or leave the strength empty", "请写 hard，或把强度留空");
        return Err(log.bad(strength_cell.error(codes::NEVER_SOFT, fact, cure)));
    }
    if strength == Strength::Soft && weight.is_none() && !priced {
        let fact = Text::new(
            format!("this soft row of {} has no weight", spec.name),
            format!("{}（{}）是软规则，但没有权重", spec.zh, spec.name),
        );
        let cure =
            Text::new("write what a unit missed costs, 1 or more", "请写每违反一个单位的代价，至少为 1");
        return Err(log.bad(weight_cell.error(codes::SOFT_WITHOUT_WEIGHT, fact, cure)));
    }
    if weight.is_some_and(|w| w > 0) && (priced || strength == Strength::Hard) {
        let fact = if priced {
            Text::new(
                "the value of this rule is its weight; the column weight is not read",
                "此规则的值就是权重，权重列不起作用",
            )
        } else {
            Text::new("a hard row has no weight: it must hold", "硬规则必须满足，权重不起作用")
        };
        let cure = Text::new("leave the weight empty, or make the row soft", "请把权重留空，或改为软规则");
        log.findings.push(weight_cell.warning(codes::WEIGHT_UNUSED, fact, cure));
    }
    Ok((strength, weight.unwrap_or(0)))
}
