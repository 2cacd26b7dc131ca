//! Writes an output folder whole or not at all, and only over files that are still as the program wrote them.
//!
//! A new folder is filled beside its place and renamed. A folder that exists keeps everything that is not
//! ours: the new files are made in a hidden folder inside it, the old ones are set aside, the new ones moved in,
//! and when any step fails all steps are taken back. Old ones that have no successor (a case's tables where the rota of
//! an instance is written, and the other way round) go too, unless somebody has changed them.

use super::manifest::{MANIFEST, Manifest};
use super::{FILE_NAMES, INSTANCE_FILE_NAMES, OutputFile};
use crate::base::Text;
use crate::diag::{Code, Diagnostic, Diagnostics, codes};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Finds out, before any work is done, whether the files `names` may be written into `folder`.
#[must_use]
pub fn check_folder(folder: &Path, names: &[&str], force: bool) -> Diagnostics {
    let mut found = Diagnostics::default();
    if let Err(refusal) = may_write(folder, names, force) {
        found.push(*refusal);
    }
    found
}

fn may_write(folder: &Path, names: &[&str], force: bool) -> Result<(), Box<Diagnostic>> {
    if folder.as_os_str().is_empty() {
        return Err(unwritable(folder, &io::Error::from(io::ErrorKind::InvalidInput)));
    }
    match fs::symlink_metadata(folder) {
        Err(e) if matches!(e.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
            can_create(folder)
        }
        Err(e) => Err(unwritable(folder, &e)),
        Ok(_) if !folder.is_dir() => Err(not_a_folder(folder)),
        Ok(_) => may_overwrite(folder, names, force),
    }
}

/// The nearest ancestor that exists must be a folder that takes a new entry.
fn can_create(folder: &Path) -> Result<(), Box<Diagnostic>> {
    let parent = existing_ancestor(folder);
    if !parent.is_dir() {
        return Err(not_a_folder(&parent));
    }
    tempfile::Builder::new().prefix(".paiban-").tempdir_in(&parent).map_err(|e| unwritable(&parent, &e))?;
    Ok(())
}

fn may_overwrite(folder: &Path, names: &[&str], force: bool) -> Result<(), Box<Diagnostic>> {
    let entries = fs::read_dir(folder).map_err(|e| unwritable(folder, &e))?;
    let present: Vec<String> =
        entries.filter_map(Result::ok).map(|e| e.file_name().to_string_lossy().into_owned()).collect();
    if let Some(name) = names.iter().find(|n| folder.join(n).is_dir()) {
        return Err(refusal(
            codes::OUTPUT_BLOCKED,
            &folder.join(name),
            Text::new("a folder stands where a file must be written", "要写入文件的位置有一个同名文件夹"),
            Text::new("Move it away, or give another output folder.", "请移走它，或换一个输出文件夹。"),
        ));
    }
    if !force && !present.is_empty() {
        let manifest = Manifest::read(folder).ok_or_else(|| foreign(folder, present.len()))?;
        // What lies in folders inside is known by the manifest before it is made anew.
        let inner = manifest.inner_names().filter(|n| !names.contains(n));
        let changed: Vec<&str> = names
            .iter()
            .copied()
            .chain(inner)
            .filter(|n| folder.join(n).exists() && !manifest.holds(folder, n))
            .collect();
        if !changed.is_empty() {
            return Err(edited(folder, &changed));
        }
    }
    tempfile::Builder::new().prefix(".paiban-").tempdir_in(folder).map_err(|e| unwritable(folder, &e))?;
    Ok(())
}

/// Writes the files and their manifest into `folder`. On an error nothing has changed.
///
/// # Errors
/// What is in the way, for the user.
pub fn write_folder(folder: &Path, files: &[OutputFile], force: bool) -> Result<(), Box<Diagnostic>> {
    let names: Vec<&str> = files.iter().map(|f| f.name.as_ref()).collect();
    may_write(folder, &names, force)?;
    let done = if folder.is_dir() { replace(folder, files) } else { create(folder, files) };
    done.map_err(|e| unwritable(folder, &e))
}

/// Writes one file whole or not at all, over an old one if there is one.
///
/// # Errors
/// What is in the way, for the user.
pub fn write_file(path: &Path, bytes: &[u8]) -> Result<(), Box<Diagnostic>> {
    use std::io::Write;
    let parent = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let write = || -> io::Result<()> {
        // A device or a pipe is written to, not replaced.
        if fs::metadata(path).is_ok_and(|m| !m.is_file() && !m.is_dir()) {
            return fs::write(path, bytes);
        }
        let mut staged = tempfile::Builder::new().prefix(".paiban-").tempfile_in(parent)?;
        staged.write_all(bytes)?;
        open_file_to_others(staged.path(), path)?;
        staged.persist(path).map_err(|e| e.error)?;
        Ok(())
    };
    write().map_err(|e| unwritable(path, &e))
}

/// A temporary file is private; the finished one gets the rights of the file it replaces, or of a new one.
fn open_file_to_others(staged: &Path, path: &Path) -> io::Result<()> {
    let rights = match fs::metadata(path) {
        Ok(old) => old.permissions(),
        Err(_) => {
            let model = fs::File::create_new(path)?;
            let rights = model.metadata()?.permissions();
            fs::remove_file(path)?;
            rights
        }
    };
    fs::set_permissions(staged, rights)
}

fn fill(folder: &Path, files: &[OutputFile]) -> io::Result<()> {
    for file in files {
        let path = folder.join(file.name.as_ref());
        if let Some(inner) = Path::new(file.name.as_ref()).parent() {
            fs::create_dir_all(folder.join(inner))?;
        }
        fs::write(path, &file.bytes)?;
    }
    fs::write(folder.join(MANIFEST), Manifest::of(files).bytes()?)
}

/// Makes a new folder, with all missing folders above it; takes those away again on an error.
fn create(folder: &Path, files: &[OutputFile]) -> io::Result<()> {
    let ancestor = existing_ancestor(folder);
    let parent = folder.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let missing: Vec<PathBuf> =
        parent.ancestors().take_while(|a| *a != ancestor && !a.exists()).map(Path::to_path_buf).collect();
    let made = fs::create_dir_all(parent).and_then(|()| {
        let staged = tempfile::Builder::new().prefix(".paiban-").tempdir_in(parent)?;
        fill(staged.path(), files)?;
        open_to_others(staged.path())?;
        // After the rename the folder is no longer where its guard would remove it.
        fs::rename(staged.path(), folder)
    });
    if made.is_err() {
        for path in missing {
            let _ = fs::remove_dir(path);
        }
    }
    made
}

/// A temporary folder is private; the finished one gets the rights any new folder would have.
fn open_to_others(folder: &Path) -> io::Result<()> {
    let model = folder.join(".model");
    fs::create_dir(&model)?;
    let rights = fs::metadata(&model)?.permissions();
    fs::remove_dir(&model)?;
    fs::set_permissions(folder, rights)
}

/// Replaces our files in a folder that exists, each step undone when a later one fails.
fn replace(folder: &Path, files: &[OutputFile]) -> io::Result<()> {
    let staged = tempfile::Builder::new().prefix(".paiban-new-").tempdir_in(folder)?;
    let aside = tempfile::Builder::new().prefix(".paiban-old-").tempdir_in(folder)?;
    fill(staged.path(), files)?;
    // The manifest goes first and comes last: a folder caught half-way has none and is not taken for ours.
    let gone = outlived(folder, files);
    let names = || files.iter().map(|f| f.name.as_ref());
    let outlived = gone.iter().map(String::as_str);
    let old = [MANIFEST].into_iter().chain(names()).chain(outlived);
    let new = names().chain([MANIFEST]);
    let mut moves: Vec<(PathBuf, PathBuf)> = Vec::new();
    moves.extend(old.filter(|n| folder.join(n).exists()).map(|n| (folder.join(n), aside.path().join(n))));
    moves.extend(new.map(|n| (staged.path().join(n), folder.join(n))));
    for (i, (from, to)) in moves.iter().enumerate() {
        let made = to.parent().map_or(Ok(()), fs::create_dir_all);
        if let Err(error) = made.and_then(|()| fs::rename(from, to)) {
            for (from, to) in moves[..i].iter().rev() {
                let _ = fs::rename(to, from);
            }
            return Err(error);
        }
    }
    // A folder inside that nothing is left in goes too; one with something in it cannot be removed.
    for inner in gone.iter().filter_map(|n| Path::new(n).parent()).filter(|p| !p.as_os_str().is_empty()) {
        let _ = fs::remove_dir(folder.join(inner));
    }
    Ok(())
}

/// Files of an earlier run that this one does not write, as long as they are as they were written.
fn outlived(folder: &Path, files: &[OutputFile]) -> Vec<String> {
    let Some(manifest) = Manifest::read(folder) else { return Vec::new() };
    let others = INSTANCE_FILE_NAMES.into_iter().filter(|n| !FILE_NAMES.contains(n));
    let all = FILE_NAMES.into_iter().chain(others);
    let all = all.chain(manifest.inner_names());
    all.filter(|n| files.iter().all(|f| f.name != *n) && manifest.holds(folder, n))
        .map(str::to_owned)
        .collect()
}

fn existing_ancestor(folder: &Path) -> PathBuf {
    let found =
        folder.ancestors().skip(1).find(|a| !a.as_os_str().is_empty() && a.symlink_metadata().is_ok());
    found.map_or_else(|| PathBuf::from("."), Path::to_path_buf)
}

fn refusal(code: Code, path: &Path, fact: Text, cure: Text) -> Box<Diagnostic> {
    Box::new(Diagnostic::error(code, fact, cure).at(&path.display().to_string(), 0))
}

/// What to tell when a path cannot be written.
#[must_use]
pub fn unwritable(path: &Path, error: &io::Error) -> Box<Diagnostic> {
    refusal(
        codes::OUTPUT_UNWRITABLE,
        path,
        Text::new(format!("cannot write here: {error}"), format!("无法在此写入：{error}")),
        Text::new(
            "Give a folder that you may write to; nothing has been written.",
            "请换一个有写入权限的文件夹；尚未写入任何内容。",
        ),
    )
}

fn not_a_folder(path: &Path) -> Box<Diagnostic> {
    refusal(
        codes::OUTPUT_BLOCKED,
        path,
        Text::new("a file stands where the output folder must be", "输出文件夹的位置已有一个文件"),
        Text::new("Give another output folder.", "请换一个输出文件夹。"),
    )
}

fn foreign(folder: &Path, entries: usize) -> Box<Diagnostic> {
    refusal(
        codes::OUTPUT_FOREIGN,
        folder,
        Text::new(
            format!("the folder holds other things ({entries}) and no rota of this program"),
            format!("文件夹里已有 {entries} 个项目，但没有本程序写出的排班结果"),
        ),
        Text::new(
            "Give a new folder, or --force to write beside what is there.",
            "请换一个新文件夹，或用 --force 写在现有内容旁边。",
        ),
    )
}

fn edited(folder: &Path, names: &[&str]) -> Box<Diagnostic> {
    let list = names.join(", ");
    refusal(
        codes::OUTPUT_EDITED,
        folder,
        Text::new(
            format!("changed since they were written: {list}"),
            format!("这些文件写出后被改动过：{list}"),
        ),
        Text::new(
            "Keep them by giving another folder, or give --force to overwrite them.",
            "换一个文件夹可保留它们，或用 --force 覆盖。",
        ),
    )
}

#[cfg(test)]
mod tests;
