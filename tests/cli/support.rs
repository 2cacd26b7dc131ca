//! A desk with a small case on it, and the binary.

use assert_cmd::Command;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

const FILES: &[(&str, &str)] = &[
    ("staff.csv", "id,name,team,skills\n007,张伟,A,voice\nE2,\"=Li, Na\",A,voice\nE3,王芳,A,voice\n"),
    (
        "shifts.csv",
        "code,name,band,times,meal_minutes,meal_window\n\
      E,Early,early,08:00-16:00,30,11:00-13:30\nL,Late,late,14:00-22:00,30,17:00-19:00\n",
    ),
    (
        "rules.csv",
        "rule,scope,value,strength,weight\nmax_consecutive_days,,5,hard,\nmin_rest_hours,,11,hard,\n\
         weight_understaff,,3,,\nweight_overstaff,,1,,\nweight_request,,20,,\nfair_hours,,5,,\n",
    ),
    ("requests.csv", "id,date,want\n007,2026-11-03,off\n"),
    (
        "leave.csv",
        "id,from,to,kind,status\nE2,2026-11-04,2026-11-04,ANNUAL,approved\nE3,2026-11-06,2026-11-06,SICK,pending\n",
    ),
];

/// A folder with a case of three people and one week in it, gone at the end of the test.
pub(crate) struct Desk {
    home: TempDir,
}

/// How a command ended.
pub(crate) struct Ended {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Desk {
    pub(crate) fn new() -> Self {
        let desk = Self { home: tempfile::tempdir().expect("a temporary folder") };
        std::fs::create_dir(desk.path("case")).expect("a folder");
        for (file, text) in FILES {
            desk.put(&format!("case/{file}"), text);
        }
        let mut demand = String::from("date,start,end,channel,agents\n");
        for day in 2..=8 {
            for (start, end, agents) in [("08:00", "14:00", 1), ("14:00", "16:00", 2), ("16:00", "22:00", 1)]
            {
                demand += &format!("2026-11-{day:02},{start},{end},voice,{agents}\n");
            }
        }
        desk.put("case/demand.csv", &demand);
        desk
    }
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }
    pub(crate) fn put(&self, name: &str, text: &str) {
        std::fs::write(self.path(name), text).expect("a file can be written");
    }
    pub(crate) fn text(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap_or_else(|e| panic!("{name}: {e}"))
    }
    pub(crate) fn replace(&self, name: &str, old: &str, new: &str) {
        let text = self.text(name);
        assert!(text.contains(old), "{name} has no {old}:\n{text}");
        self.put(name, &text.replacen(old, new, 1));
    }
    /// Names in a folder, sorted.
    pub(crate) fn names(&self, folder: &str) -> Vec<String> {
        let entries = std::fs::read_dir(self.path(folder)).expect("a folder").flatten();
        let mut names: Vec<String> = entries.map(|e| e.file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }
    pub(crate) fn run(&self, words: &str) -> Ended {
        run_in(self.home.path(), words, "en_US.UTF-8")
    }
    /// Solves the case, in three seconds or within the work limit given; wants exit code 0.
    pub(crate) fn solve(&self, more: &str) -> Ended {
        let limit = if more.contains("--work-limit") { "600s" } else { "3s" };
        let ended = self.run(&format!("solve case --time-limit {limit} {more}"));
        assert_eq!(ended.code, 0, "{}\n{}", ended.out, ended.err);
        ended
    }
}

/// Runs `paiban` with these words in a folder and locale.
pub(crate) fn run_in(folder: &Path, words: &str, locale: &str) -> Ended {
    let output = Command::cargo_bin("paiban")
        .expect("the binary")
        .args(words.split_whitespace())
        .current_dir(folder)
        .env_remove("LC_ALL")
        .env_remove("LC_MESSAGES")
        .env("LANG", locale)
        .output()
        .expect("the binary runs");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Ended { code: output.status.code().unwrap_or(-1), out: text(&output.stdout), err: text(&output.stderr) }
}
