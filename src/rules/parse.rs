//! Rule values from text, and what is expected where a text is none.

use super::{HoursSystem, Rotation, RotationOrder, RuleSpec, RuleValue, ValueKind};
use crate::base::{DAY_MINUTES, Minute, Span, Text};
use crate::calendar::{WEEKDAYS_EN, WEEKDAYS_ZH};
use unicode_normalization::UnicodeNormalization;

/// Largest count or weight, so that sums of penalties stay far from the end of 64 bits.
const LARGEST_COUNT: i64 = 1_000_000;
/// Most hours that a rule can speak of: more than a year has.
const LARGEST_HOURS: f64 = 10_000.0;

/// Reads the value of a rule. The error says what was expected.
///
/// # Errors
/// When the text is not a value of the rule's kind.
pub fn parse_value(spec: &RuleSpec, text: &str) -> Result<RuleValue, Text> {
    let text = normal(text);
    let value = match spec.value {
        ValueKind::Count | ValueKind::Weight => whole(&text).map(RuleValue::Count),
        ValueKind::DaysOfWeek => whole(&text).filter(|&n| n <= 7).map(RuleValue::Count),
        ValueKind::Hours => hours(&text).map(RuleValue::Minutes),
        ValueKind::Minutes => whole(&text).filter(|&m| m <= i64::from(DAY_MINUTES)).map(RuleValue::Minutes),
        ValueKind::Flag => flag(&text).map(RuleValue::Flag),
        ValueKind::RestWeek => rest_week(&text).map(RuleValue::Rolling7),
        ValueKind::Succession => succession(&text),
        ValueKind::Rotation => rotation(&text).map(RuleValue::Rotation),
        ValueKind::RotationOrder => rotation_order(&text).map(RuleValue::RotationOrder),
        ValueKind::Weekday => parse_weekday(&text).map(RuleValue::Weekday),
        ValueKind::HoursSystem => hours_system(&text).map(RuleValue::HoursSystem),
        ValueKind::TimeWindow => window(&text).map(RuleValue::Window),
    };
    value.ok_or_else(|| expected(spec.value))
}

/// What a value of a kind looks like.
#[must_use]
pub fn expected(kind: ValueKind) -> Text {
    match kind {
        ValueKind::Count => Text::new("a whole number from 0 to 1000000", "0 到 1000000 的整数"),
        ValueKind::Weight => {
            Text::new("a weight: a whole number from 0 to 1000000", "权重：0 到 1000000 的整数")
        }
        ValueKind::DaysOfWeek => Text::new("a number of days from 0 to 7", "0 到 7 的天数"),
        ValueKind::Hours => Text::new(
            "hours, not negative, whole or decimal (11, 7.5), at most 10000",
            "小时数，非负，整数或小数（11、7.5），最多 10000",
        ),
        ValueKind::Minutes => Text::new("whole minutes from 0 to 1440", "0 到 1440 的整数分钟"),
        ValueKind::Flag => Text::new("yes or no", "是 或 否（yes 或 no）"),
        ValueKind::RestWeek => Text::new("calendar or rolling7", "calendar（自然周）或 rolling7（连续七天）"),
        ValueKind::Succession => Text::new(
            "two shift codes or bands with > between them (late>early)",
            "两个班次代码或班别，中间用 > 连接（late>early）",
        ),
        ValueKind::Rotation => Text::new(
            "month, week, or a number of weeks (3weeks)",
            "月、周，或若干周（3周；month、week、3weeks）",
        ),
        ValueKind::RotationOrder => Text::new(
            "a cycle of different bands (early>mid>late), or any",
            "互不相同的班别循环（early>mid>late），或 any（任意）",
        ),
        ValueKind::Weekday => Text::new("a weekday: Mon to Sun", "星期：周一 到 周日（Mon 到 Sun）"),
        ValueKind::HoursSystem => Text::new(
            "standard, comprehensive:month, comprehensive:quarter or comprehensive:year",
            "标准、综合:月、综合:季 或 综合:年（standard、comprehensive:month|quarter|year）",
        ),
        ValueKind::TimeWindow => Text::new(
            "two times of day with - between them (22:00-06:00)",
            "两个时刻，中间用 - 连接（22:00-06:00）",
        ),
    }
}

/// A weekday by its English or Chinese name, in full or short (`Mon`, `monday`, `周一`, `星期日`, `礼拜天`): Monday
/// is 0.
#[must_use]
pub fn parse_weekday(text: &str) -> Option<usize> {
    const FULL: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let text = normal(text).to_lowercase();
    if let Some(d) = (0..7).find(|&d| text == FULL[d] || text == WEEKDAYS_EN[d].to_lowercase()) {
        return Some(d);
    }
    let day = ["星期", "礼拜", "周", "週"].iter().find_map(|p| text.strip_prefix(p))?;
    let day = if day == "天" { "日" } else { day };
    WEEKDAYS_ZH.iter().position(|w| w.strip_prefix('周') == Some(day))
}

/// Full-width forms to plain ones, no space at the ends, one kind of dash.
fn normal(text: &str) -> String {
    let plain = |c: char| match c {
        '—' | '–' | '−' | '〜' | '～' | '~' | '至' => '-',
        '→' => '>',
        c => c,
    };
    text.nfkc().map(plain).collect::<String>().trim().to_owned()
}

fn whole(text: &str) -> Option<i64> {
    let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    text.parse().ok().filter(|&n: &i64| digits && n <= LARGEST_COUNT)
}

fn hours(text: &str) -> Option<i64> {
    let plain = text.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let hours: f64 = text.parse().ok().filter(|h: &f64| plain && (0.0..=LARGEST_HOURS).contains(h))?;
    Some((hours * 60.0).round() as i64)
}

fn flag(text: &str) -> Option<bool> {
    match text.to_lowercase().as_str() {
        "yes" | "true" | "1" | "是" => Some(true),
        "no" | "false" | "0" | "否" => Some(false),
        _ => None,
    }
}

fn rest_week(text: &str) -> Option<bool> {
    match text.to_lowercase().replace(' ', "").as_str() {
        "calendar" | "自然周" => Some(false),
        "rolling7" | "连续七天" | "连续7天" | "滚动七天" | "滚动7天" => Some(true),
        _ => None,
    }
}

/// The words between `>` signs; `None` when one of them is empty.
fn chain(text: &str) -> Option<Vec<String>> {
    let words: Vec<String> = text.split('>').map(|w| w.trim().to_owned()).collect();
    words.iter().all(|w| !w.is_empty()).then_some(words)
}

fn succession(text: &str) -> Option<RuleValue> {
    let [first, second] = <[String; 2]>::try_from(chain(text)?).ok()?;
    Some(RuleValue::Succession(first, second))
}

fn rotation(text: &str) -> Option<Rotation> {
    let text = text.to_lowercase().replace(' ', "");
    match text.as_str() {
        "month" | "monthly" | "月" | "每月" | "按月" => return Some(Rotation::Month),
        "week" | "weekly" | "周" | "每周" | "按周" => return Some(Rotation::Weeks(1)),
        _ => {}
    }
    let number = ["weeks", "week", "周"].iter().find_map(|s| text.strip_suffix(s))?;
    let number = number.strip_prefix('每').unwrap_or(number);
    let chinese = ["一", "二", "三", "四", "五", "六", "七", "八"].iter().position(|w| *w == number);
    let weeks = match (number, chinese) {
        ("两", _) => 2,
        (_, Some(i)) => i as i64 + 1,
        (digits, None) => whole(digits)?,
    };
    u32::try_from(weeks).ok().filter(|w| (1..=53).contains(w)).map(Rotation::Weeks)
}

fn rotation_order(text: &str) -> Option<RotationOrder> {
    if matches!(text.to_lowercase().as_str(), "any" | "任意") {
        return Some(RotationOrder::Any);
    }
    let relief = |band: String| match band.to_lowercase().as_str() {
        "relief" | "替休" | "替班" => RotationOrder::RELIEF.to_owned(),
        _ => band,
    };
    let cycle: Vec<String> = chain(text)?.into_iter().map(relief).collect();
    let different = (1..cycle.len()).all(|i| !cycle[..i].contains(&cycle[i]));
    (cycle.len() >= 2 && different).then_some(RotationOrder::Cycle(cycle))
}

fn hours_system(text: &str) -> Option<HoursSystem> {
    let text = text.to_lowercase().replace(' ', "");
    if matches!(text.as_str(), "standard" | "标准" | "标准工时" | "标准工时制") {
        return Some(HoursSystem::Standard);
    }
    let (system, period) = text.split_once(':')?;
    if !matches!(
        system,
        "comprehensive" | "综合" | "综合工时" | "综合工时制" | "综合计算工时" | "综合计算工时制"
    ) {
        return None;
    }
    let months = match period {
        "month" | "月" => 1,
        "quarter" | "季" | "季度" => 3,
        "year" | "年" => 12,
        _ => return None,
    };
    Some(HoursSystem::Comprehensive { months })
}

/// `8:30` in minutes.
fn time_of_day(text: &str) -> Option<Minute> {
    let (h, m) = text.trim().split_once(':')?;
    let (h, m) = (whole(h)?, whole(m)?);
    (h <= 24 && m < 60 && h * 60 + m <= i64::from(DAY_MINUTES)).then_some((h * 60 + m) as Minute)
}

fn window(text: &str) -> Option<Span> {
    let (start, end) = text.split_once('-')?;
    let (start, end) = (time_of_day(start)?, time_of_day(end)?);
    if start == DAY_MINUTES {
        return None;
    }
    Some(Span::new(start, if end <= start { end + DAY_MINUTES } else { end }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::spec_by_name;

    fn value(rule: &str, text: &str) -> Option<RuleValue> {
        parse_value(spec_by_name(rule).unwrap(), text).ok()
    }

    #[test]
    fn counts_are_whole_and_not_negative() {
        assert_eq!(value("max_consecutive_days", "６"), Some(RuleValue::Count(6)));
        for bad in ["", "-1", "+1", "6.5", "six", "99999999999999999999", "1000001"] {
            assert_eq!(value("max_consecutive_days", bad), None, "{bad}");
        }
    }

    #[test]
    fn decimal_hours_become_minutes() {
        assert_eq!(value("min_rest_hours", "11"), Some(RuleValue::Minutes(660)));
        assert_eq!(value("normal_hours_day", "6.6667"), Some(RuleValue::Minutes(400)));
        assert_eq!(value("overtime_cap_month", "7.5"), Some(RuleValue::Minutes(450)));
        for bad in ["", "-1", "nan", "inf", "1e3", "8h", ".", "10001"] {
            assert_eq!(value("min_rest_hours", bad), None, "{bad}");
        }
    }

    #[test]
    fn flags_in_both_languages() {
        assert_eq!(value("handover_is_work", "是"), Some(RuleValue::Flag(true)));
        assert_eq!(value("handover_is_work", "NO"), Some(RuleValue::Flag(false)));
        assert_eq!(value("handover_is_work", "maybe"), None);
    }

    #[test]
    fn rest_weeks() {
        assert_eq!(value("rest_week", "calendar"), Some(RuleValue::Rolling7(false)));
        assert_eq!(value("rest_week", "Rolling7"), Some(RuleValue::Rolling7(true)));
        assert_eq!(value("rest_week", "rolling"), None);
    }

    #[test]
    fn successions_have_two_sides() {
        let late_early = RuleValue::Succession("L".into(), "E".into());
        assert_eq!(value("forbidden_succession", "L ＞ E"), Some(late_early));
        for bad in ["L", "L>", ">E", "L>E>M"] {
            assert_eq!(value("forbidden_succession", bad), None, "{bad}");
        }
    }

    #[test]
    fn rotation_periods() {
        for (text, weeks) in
            [("week", 1), ("3weeks", 3), ("3 weeks", 3), ("3周", 3), ("三周", 3), ("两周", 2)]
        {
            assert_eq!(value("rotation", text), Some(RuleValue::Rotation(Rotation::Weeks(weeks))), "{text}");
        }
        assert_eq!(value("rotation", "月"), Some(RuleValue::Rotation(Rotation::Month)));
        for bad in ["0weeks", "day", "weeks", "2months", "54weeks"] {
            assert_eq!(value("rotation", bad), None, "{bad}");
        }
    }

    #[test]
    fn rotation_orders_are_cycles_of_different_bands() {
        let cycle = RotationOrder::Cycle(vec!["早".into(), "晚".into()]);
        assert_eq!(value("rotation_order", "早>晚"), Some(RuleValue::RotationOrder(cycle)));
        assert_eq!(value("rotation_order", "any"), Some(RuleValue::RotationOrder(RotationOrder::Any)));
        for bad in ["early", "early>early", "early>>late", ""] {
            assert_eq!(value("rotation_order", bad), None, "{bad}");
        }
    }

    #[test]
    fn weekdays_in_both_languages() {
        for (i, (en, zh)) in WEEKDAYS_EN.iter().zip(WEEKDAYS_ZH).enumerate() {
            assert_eq!((parse_weekday(en), parse_weekday(zh)), (Some(i), Some(i)));
        }
        assert_eq!(parse_weekday("Saturday"), Some(5));
        assert_eq!(parse_weekday("星期天"), Some(6));
        assert_eq!(parse_weekday("周"), None);
        assert_eq!(parse_weekday("周八"), None);
    }

    #[test]
    fn hours_systems() {
        let comprehensive = |months| Some(RuleValue::HoursSystem(HoursSystem::Comprehensive { months }));
        assert_eq!(value("hours_system", "标准工时制"), Some(RuleValue::HoursSystem(HoursSystem::Standard)));
        assert_eq!(value("hours_system", "comprehensive:month"), comprehensive(1));
        assert_eq!(value("hours_system", "综合计算工时制：季度"), comprehensive(3));
        assert_eq!(value("hours_system", "Comprehensive:Year"), comprehensive(12));
        assert_eq!(value("hours_system", "comprehensive"), None);
        assert_eq!(value("hours_system", "comprehensive:week"), None);
    }

    #[test]
    fn windows_may_pass_midnight() {
        assert_eq!(value("night_window", "22：00～06:00"), Some(RuleValue::Window(Span::new(1320, 1800))));
        assert_eq!(value("night_window", "0:00-6:00"), Some(RuleValue::Window(Span::new(0, 360))));
        for bad in ["22:00", "22-6", "25:00-06:00", "24:00-06:00", "22:60-06:00"] {
            assert_eq!(value("night_window", bad), None, "{bad}");
        }
    }
}
