//! Six days on and one off with fifteen minutes of handover breaks the cap in every month of 31 days: the solver
//! gives the extra day off (table `ot_6on1off_2025.csv`; Labour Law art. 41).

use crate::support::{Desk, Row};
use chrono::{Datelike, Days, Months, NaiveDate};

const RULES: &str = "rule,scope,value,strength,weight
overtime_cap_month,,36,hard,
min_rest_days_per_week,,1,hard,
max_consecutive_days,,6,hard,
handover_minutes,,15,hard,
weight_understaff,,10,soft,
";

fn minutes(hours: &str) -> i64 {
    let (whole, hundredths) = hours.split_once('.').expect("two decimals");
    (whole.parse::<i64>().unwrap() * 100 + hundredths.parse::<i64>().unwrap()) * 60 / 100
}

/// Seven people, one for each weekly rest day; six are wanted every day, statutory days too.
fn case(desk: &Desk, first: NaiveDate) {
    let staff: String = (1..=7).map(|p| format!("P{p},phone\n")).collect();
    desk.put("case/staff.csv", &format!("id,skills\n{staff}"));
    desk.put("case/shifts.csv", "code,band,times,meal_minutes\nD,day,08:30-17:30,60\n");
    desk.put("case/rules.csv", RULES);
    let days = |from: NaiveDate, to: NaiveDate| from.iter_days().take_while(move |d| *d < to);
    let mut demand = String::from("date,start,end,channel,agents\n");
    for date in days(first, first + Months::new(1)) {
        demand += &format!("{date},08:30,12:00,phone,6\n{date},13:30,17:30,phone,6\n");
    }
    desk.put("case/demand.csv", &demand);
    let mut history = String::from("date,id,shift,paid_minutes\n");
    for (p, date) in (1..=7).flat_map(|p| days(first - Days::new(7), first).map(move |d| (p, d))) {
        let rests = date.weekday().num_days_from_monday() + 1 == p;
        history += &format!("{date},P{p},{}\n", if rests { "OFF,0" } else { "D,495" });
    }
    desk.put("case/history.csv", &history);
}

#[test]
fn no_month_of_2025_passes_the_cap_though_all_would_without_it() {
    for month in 1..=12 {
        let first = NaiveDate::from_ymd_opt(2025, month, 1).expect("a month");
        let desk = Desk::new();
        std::fs::create_dir(desk.path("case")).expect("a folder can be made");
        case(&desk, first);
        let name = first.format("%Y-%m").to_string();
        desk.must(&["solve", "case", "-o", "capped", "--month", &name, "--work-limit", "3000000"]);
        let overtime = |rows: &[Row]| rows.iter().map(|r| minutes(&r["overtime_hours"])).max();
        let most = overtime(&desk.rows("capped/hours.csv")).expect("rows");
        assert!((28 * 60..=36 * 60).contains(&most), "{name}: {most} minutes");
        desk.put("case/rules.csv", &RULES.replace("overtime_cap_month,,36,hard,\n", ""));
        desk.must(&["solve", "case", "-o", "free", "--month", &name, "--work-limit", "3000000"]);
        let free = overtime(&desk.rows("free/hours.csv")).expect("rows");
        assert!(free > 36 * 60 || first + Months::new(1) == first + Days::new(28), "{name}: {free} minutes");
    }
}
