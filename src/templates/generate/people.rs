//! Made-up people and the week they have behind them.

use super::date;
use crate::base::random::Random;

/// Bands in the order of their rotation, the code of each, and its paid minutes (handover and tail included).
const BANDS: [(&str, &str, i64); 3] = [("early", "E", 495), ("mid", "M", 495), ("late", "L", 510)];

/// Skill sets, a typical mix of ten people.
const SKILLS: [&str; 10] = [
    "voice;chat",
    "voice",
    "chat;mail",
    "voice;chat",
    "voice;chat;mail",
    "voice;chat",
    "voice",
    "chat;mail",
    "voice;chat",
    "voice;chat;mail",
];

/// A made-up person.
pub(super) struct Worker {
    /// Staff number.
    pub(super) id: String,
    name: String,
    team: usize,
    skills: &'static str,
    senior: bool,
    /// Band of the month before, as an index of [`BANDS`].
    before: usize,
    /// Day of the week before (0 to 6) that was off.
    rest: usize,
}

impl Worker {
    /// Band of the month made up, as an index: early 0, mid 1, late 2.
    pub(super) fn band(&self) -> usize {
        (self.before + 1) % BANDS.len()
    }
    /// Whether the person serves a channel.
    pub(super) fn serves(&self, channel: &str) -> bool {
        self.skills.split(';').any(|s| s == channel)
    }
}

/// Makes up people in teams of about twelve; a team rotates together.
pub(super) fn workers(count: usize, random: &mut Random) -> Vec<Worker> {
    const FAMILY: [&str; 20] = [
        "王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙", "胡", "朱", "高", "林", "何",
        "郭", "马", "罗",
    ];
    const GIVEN: [&str; 20] = [
        "芳", "娜", "伟", "洋", "静", "敏", "磊", "丽", "强", "悦", "晨", "雪", "峰", "婷", "凯", "宇", "欣",
        "冰", "小满", "子涵",
    ];
    let teams = (count / 12).max(3);
    (0..count)
        .map(|i| {
            let team = i * teams / count;
            let within = i - (team * count).div_ceil(teams);
            Worker {
                id: format!("{:04}", i + 1),
                name: format!("{}{}", FAMILY[random.below(20)], GIVEN[random.below(20)]),
                team,
                skills: SKILLS[within % SKILLS.len()],
                senior: within.is_multiple_of(4),
                before: team % BANDS.len(),
                rest: if random.below(3) == 0 { 6 } else { random.below(7) },
            }
        })
        .collect()
}

/// Lines of `staff.csv`.
pub(super) fn staff(people: &[Worker]) -> Vec<String> {
    let mut lines = vec!["id,name,team,skills,contract,band,tags".to_string()];
    lines.extend(people.iter().map(|p| {
        let tag = if p.senior { "senior" } else { "" };
        format!("{},{},T{:02},{},full_time,{},{tag}", p.id, p.name, p.team + 1, p.skills, BANDS[p.before].0)
    }));
    lines
}

/// Lines of `history.csv`: the seven days before, six worked and one off.
pub(super) fn history(people: &[Worker]) -> Vec<String> {
    let mut lines = vec!["date,id,shift,paid_minutes".to_string()];
    for person in people {
        let (_, code, paid) = BANDS[person.before];
        for day in 0..7 {
            let (code, paid) = if day == person.rest { ("OFF", 0) } else { (code, paid) };
            lines.push(format!("{},{},{code},{paid}", date(day as i64 - 7), person.id));
        }
    }
    lines
}
