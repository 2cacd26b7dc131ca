//! Which case a rota was made of: `summary.json` beside it names the folder and the digest of the files in it.

use super::args::Days;
use super::input;
use super::output::Output;
use paiban::base::Text;
use paiban::diag::{Diagnostic, codes};
use paiban::io::read::read_case;
use paiban::model::Case;
use paiban::report::inputs_digest;
use std::path::{Component, Path, PathBuf};

/// The files that every case has.
const OF_EVERY_CASE: [&str; 3] = ["staff.csv", "shifts.csv", "rules.csv"];

/// The way from the folder of a rota to its case, as `summary.json` has it: relative, so that both can be moved together.
pub(super) fn way_to_case(case: &Path, rota: &Path) -> String {
    let (to, from) = (full(case), full(rota));
    let shown = |path: PathBuf| {
        path.components().map(|c| c.as_os_str().to_string_lossy().into_owned()).collect::<Vec<_>>().join("/")
    };
    let same = to.components().zip(from.components()).take_while(|(a, b)| a == b).count();
    if same == 0 {
        return to.display().to_string();
    }
    let up = from.components().skip(same).map(|_| Component::ParentDir);
    let way: PathBuf = up.chain(to.components().skip(same)).collect();
    if way.as_os_str().is_empty() { ".".to_owned() } else { shown(way) }
}

/// The path from the root; what does not exist yet stays as it is named.
fn full(path: &Path) -> PathBuf {
    let mut rest = Vec::new();
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    for folder in absolute.ancestors() {
        if let Ok(found) = folder.canonicalize() {
            return rest.into_iter().rev().fold(found, |path: PathBuf, name| path.join(name));
        }
        rest.extend(folder.file_name());
    }
    absolute
}

/// What `summary.json` beside a rota tells of its case.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Told {
    /// Folder of the rota.
    folder: PathBuf,
    /// The case's folder.
    case: Option<PathBuf>,
    /// Digest of the case's files.
    digest: String,
}

impl Told {
    /// Reads what lies beside a rota, a folder or a file of one.
    fn by(rota: &Path) -> Option<Self> {
        let folder = folder_of(rota);
        let summary: serde_json::Value =
            serde_json::from_slice(&std::fs::read(folder.join("summary.json")).ok()?).ok()?;
        let digest = summary["inputs_sha256"].as_str()?.to_owned();
        let case = summary["case"].as_str().map(|way| plain(&folder.join(way)));
        Some(Self { folder, case, digest })
    }
    /// The case: the folder named, else one near by that holds the same files.
    fn found(&self) -> Option<PathBuf> {
        let named = self.case.clone().filter(|c| is_case(c));
        named.or_else(|| near(&self.folder).into_iter().find(|c| self.holds(c)))
    }
    /// Whether a folder holds the files that the rota was made of.
    fn holds(&self, case: &Path) -> bool {
        let (read, _) = read_case(case, &input::options(&Days::default()));
        read.is_some_and(|c| inputs_digest(&c.inputs) == self.digest)
    }
}

fn folder_of(rota: &Path) -> PathBuf {
    if rota.is_dir() { rota.to_owned() } else { rota.parent().unwrap_or(Path::new("")).to_owned() }
}

/// `a/rota/../case` as `a/case`, where no link is on the way.
fn plain(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for part in path.components() {
        let link = std::fs::symlink_metadata(&out).is_ok_and(|m| m.file_type().is_symlink());
        match (part, out.components().next_back()) {
            (Component::ParentDir, Some(Component::Normal(_))) if !link => {
                out.pop();
            }
            _ => out.push(part),
        }
    }
    if out.as_os_str().is_empty() { PathBuf::from(".") } else { out }
}

fn is_case(folder: &Path) -> bool {
    OF_EVERY_CASE.iter().all(|file| folder.join(file).is_file())
}

/// The case folders in, above and beside a folder.
fn near(folder: &Path) -> Vec<PathBuf> {
    let above = plain(&folder.join(".."));
    let beside = inside(&above);
    [folder.to_owned(), above].into_iter().filter(|c| is_case(c)).chain(beside).collect()
}

/// The case folders inside a folder.
fn inside(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(plain(folder)).into_iter().flatten().flatten();
    let folder = if folder == Path::new(".") { Path::new("") } else { folder };
    let mut cases: Vec<PathBuf> =
        entries.map(|e| folder.join(e.file_name())).filter(|c| is_case(c)).collect();
    cases.sort();
    cases
}

/// The case of some rotas: that given, else that of which they were made. `None` after errors, which have been told.
pub(super) fn case_of(given: Option<&Path>, rotas: &[&Path], days: &Days, out: &mut Output) -> Option<Case> {
    if let Some(folder) = given {
        return input::case(folder, days, out);
    }
    let told: Vec<Told> = rotas.iter().filter_map(|r| Told::by(r)).collect();
    let mut cases: Vec<PathBuf> = Vec::new();
    for case in told.iter().filter_map(Told::found) {
        if !cases.iter().any(|c| full(c) == full(&case)) {
            cases.push(case);
        }
    }
    let one = match &cases[..] {
        [one] => one.clone(),
        [] => {
            out.finding(no_case(rotas, &told));
            return None;
        }
        several => match several.iter().find(|c| told.iter().all(|t| t.holds(c))) {
            Some(one) => one.clone(),
            None => {
                out.finding(two_cases(several, rotas));
                return None;
            }
        },
    };
    let case = input::case(&one, days, out)?;
    tell(&one, &case, &told, out);
    Some(case)
}

/// Says whose rules stand, and when they are no longer those of a rota.
fn tell(folder: &Path, case: &Case, told: &[Told], out: &Output) {
    let (shown, digest) = (folder.display(), inputs_digest(&case.inputs));
    out.say(&Text::new(format!("Case: {shown}"), format!("案例：{shown}")));
    for t in told.iter().filter(|t| t.digest != digest) {
        let rota = t.folder.display();
        out.say(&Text::new(
            format!("The files of {shown} have changed since {rota} was made; they count as they are now."),
            format!("{rota} 排出之后 {shown} 的文件有改动；以现在的文件为准。"),
        ));
    }
}

fn no_case(rotas: &[&Path], told: &[Told]) -> Diagnostic {
    let list =
        |paths: &[PathBuf]| paths.iter().map(|p| p.display().to_string()).collect::<Vec<_>>().join(", ");
    let fact = match told.first() {
        None => {
            let names: Vec<PathBuf> = rotas.iter().map(|r| folder_of(r).join("summary.json")).collect();
            let mut names = names;
            names.dedup();
            let names = list(&names);
            Text::new(
                format!("nothing says which case this rota is of: there is no {names} that solve wrote"),
                format!("无法得知这份排班属于哪个案例：没有由 solve 写出的 {names}"),
            )
        }
        Some(Told { folder, case: Some(case), .. }) => {
            let (folder, case) = (folder.display(), case.display());
            Text::new(
                format!(
                    "{folder} was made of {case}, which is no case folder now, and no folder beside it holds the same files"
                ),
                format!("{folder} 是由 {case} 排出的，而那里现在没有案例，旁边也没有内容相同的案例文件夹"),
            )
        }
        Some(Told { folder, .. }) => {
            let folder = folder.display();
            Text::new(
                format!(
                    "the summary.json of {folder} does not name its case, and no folder beside it holds the same files"
                ),
                format!("{folder} 的 summary.json 没有写明案例，旁边也没有内容相同的案例文件夹"),
            )
        }
    };
    let by = |r: &&Path| if r.is_dir() { near(r) } else { inside(&folder_of(r)) };
    let mut cases: Vec<PathBuf> = rotas.iter().flat_map(by).collect();
    cases.sort();
    cases.dedup();
    let cure = if cases.is_empty() {
        Text::new(
            "say it: --case CASE, the folder with staff.csv, shifts.csv and rules.csv",
            "请指明：--case 案例，即含有 staff.csv、shifts.csv 和 rules.csv 的文件夹",
        )
    } else {
        let cases = list(&cases);
        Text::new(
            format!("say it: --case CASE; near by there are {cases}"),
            format!("请指明：--case 案例；附近有 {cases}"),
        )
    };
    let first = rotas.first().map(|r| r.display().to_string()).unwrap_or_default();
    Diagnostic::error(codes::NO_CASE, fact, cure).at(&first, 0)
}

fn two_cases(cases: &[PathBuf], rotas: &[&Path]) -> Diagnostic {
    let names: Vec<String> = cases.iter().map(|c| c.display().to_string()).collect();
    let fact = Text::new(
        format!("the two rotas are of different cases: {}", names.join(", ")),
        format!("两份排班属于不同的案例：{}", names.join("、")),
    );
    let cure = Text::new(
        "say under whose rules both are to be judged: --case CASE",
        "请指明按哪个案例的规则评判：--case 案例",
    );
    let first = rotas.first().map(|r| r.display().to_string()).unwrap_or_default();
    Diagnostic::error(codes::NO_CASE, fact, cure).at(&first, 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_to_the_case_is_relative() {
        let desk = tempfile::tempdir().expect("a temporary folder");
        let at = |name: &str| desk.path().join(name);
        std::fs::create_dir_all(at("demo/case")).expect("a folder");
        assert_eq!(way_to_case(&at("demo/case"), &at("demo/rota")), "../case");
        assert_eq!(way_to_case(&at("demo/case"), &at("demo/case/rota")), "..");
        assert_eq!(way_to_case(&at("demo/case"), &at("new/deep/rota")), "../../../demo/case");
        assert_eq!(way_to_case(&at("demo/case"), &at("demo/case")), ".");
    }

    #[test]
    fn steps_up_are_taken_out_of_a_path() {
        assert_eq!(plain(Path::new("demo/rota/../case")), Path::new("demo/case"));
        assert_eq!(plain(Path::new("rota/../../case")), Path::new("../case"));
        assert_eq!(plain(Path::new("rota/..")), Path::new("."));
    }
}
