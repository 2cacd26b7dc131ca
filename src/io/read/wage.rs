//! The columns `wage` and `monthly_wage` of `staff.csv`.

use super::cell::{Bad, Cell, Log};
use super::table::Row;
use super::values::number::parse_cents;
use crate::base::Text;
use crate::diag::{codes, shorten};
use crate::model::Wage;

/// Most that is taken for an hour's wage, in cents: whoever earns more has written a month's wage here.
const HOUR: i64 = 100_000;
/// Most that is taken for a month's wage, in cents: what [`HOUR`] comes to in 174 hours.
const MONTH: i64 = 174 * HOUR;

/// The wage of a person, from whichever of the two columns has one; a fault is told and is no wage.
pub(super) fn read(row: &Row<'_>, log: &mut Log) -> Option<Wage> {
    let (hour, month) = (row.get("wage"), row.get("monthly_wage"));
    if !hour.is_empty() && !month.is_empty() {
        let fact = Text::new(
            "the person has a wage an hour and a wage a month: which one counts?",
            "此人既有时薪又有月工资，不知以哪个为准",
        );
        let cure = Text::new(
            "keep wage (yuan an hour) or monthly_wage (yuan a month, ÷ 174 h)",
            "请只保留 时薪（元/小时）或 月工资（元/月，按 174 小时折算）",
        );
        log.findings.push(month.error(codes::TWO_WAGES, fact, cure));
        return None;
    }
    let hourly = amount(&hour, Unit::Hour, log).ok().flatten().map(Wage::hourly);
    let monthly = amount(&month, Unit::Month, log).ok().flatten().map(Wage::monthly);
    hourly.or(monthly)
}

/// What an amount is for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Unit {
    Hour,
    Month,
}

/// Cents of a cell, `None` when it is empty.
fn amount(cell: &Cell<'_>, unit: Unit, log: &mut Log) -> Result<Option<i64>, Bad> {
    if cell.is_empty() {
        return Ok(None);
    }
    let v = shorten(cell.text());
    let (en, zh, example, most) = match unit {
        Unit::Hour => ("yuan an hour", "元/小时", "25.50", HOUR),
        Unit::Month => ("yuan a month", "元/月", "6000.00", MONTH),
    };
    let Some(cents) = parse_cents(cell.text()) else {
        let fact = Text::new(
            format!("\"{v}\" is no amount in {en} with at most two decimals"),
            format!("“{v}”不是金额（{zh}，最多两位小数）"),
        );
        let cure = Text::new(
            format!("write it as {example}; leave it empty where there is none"),
            format!("请写成 {example}；没有就留空"),
        );
        return Err(log.bad(cell.error(codes::BAD_NUMBER, fact, cure)));
    };
    if (1..=most).contains(&cents) {
        return Ok(Some(cents));
    }
    let highest = most / 100;
    let fact = Text::new(
        format!("{v} {en} is outside 0.01 to {highest}.00"),
        format!("{v} {zh} 不在 0.01 到 {highest}.00 之间"),
    );
    let cure = match unit {
        _ if cents == 0 => Text::new("leave the cell empty where there is no wage", "没有工资就留空"),
        Unit::Hour => Text::new(
            "write yuan an hour; a month's wage belongs into the column monthly_wage",
            "请写每小时多少元；月工资请写入“月工资”列",
        ),
        Unit::Month => Text::new("write yuan a month", "请写每月多少元"),
    };
    Err(log.bad(cell.error(codes::OUT_OF_RANGE, fact, cure)))
}
