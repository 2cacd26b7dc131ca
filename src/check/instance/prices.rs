//! What costs: requests not met, and cover missed.

use super::priced;
use crate::base::Text;
use crate::check::ScoreAnalysis;
use crate::model::{Instance, InstanceRota};

/// Requests that are not met.
pub(super) fn requests(instance: &Instance, rota: &InstanceRota, out: &mut ScoreAnalysis) {
    for request in &instance.requests {
        let given = rota.cells[request.person.ix()][request.day] == Some(request.shift);
        if given == request.wanted {
            continue;
        }
        let (person, id) =
            (&instance.people[request.person.ix()].id, &instance.shifts[request.shift.ix()].id);
        let day = request.day;
        let why = if request.wanted {
            Text::new(format!("asked for {id} on day {day}"), format!("希望第 {day} 天上 {id}"))
        } else {
            Text::new(format!("asked not to work {id} on day {day}"), format!("希望第 {day} 天不上 {id}"))
        };
        let kind = if request.wanted { "on" } else { "off" };
        priced(out, ("requests", kind), (request.weight, 1), (person.clone(), day.to_string()), why);
    }
}

/// People missing, or more than required.
pub(super) fn cover(instance: &Instance, rota: &InstanceRota, out: &mut ScoreAnalysis) {
    for row in &instance.cover {
        let at_work = rota.cells.iter().filter(|cells| cells[row.day] == Some(row.shift)).count() as i64;
        let required = i64::from(row.required);
        let (kind, weight) = if at_work < required { ("under", row.under) } else { ("over", row.over) };
        let amount = (at_work - required).abs();
        if amount == 0 || weight == 0 {
            continue;
        }
        let (id, day) = (&instance.shifts[row.shift.ix()].id, row.day);
        let why = Text::new(
            format!("{at_work} on {id} on day {day}, {required} are required"),
            format!("第 {day} 天 {id} 有 {at_work} 人，需要 {required} 人"),
        );
        priced(out, ("cover", kind), (weight, amount), (id.clone(), day.to_string()), why);
    }
}
