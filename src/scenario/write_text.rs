//! Writing a text file: whole or not at all.

use crate::error::{Error, Result};
use std::io::{self, Write};
use std::path::Path;

/// Writes a file by way of a temporary one in the same folder, so that nobody ever finds half of it; a file of this
/// name is replaced and keeps its permissions.
///
/// # Errors
/// [`Error::File`] when it cannot be written; what stood there before is then untouched.
pub fn write_text(path: &Path, text: &str) -> Result<()> {
    // Behind a symbolic link the file it points to is replaced, not the link.
    let target = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    put(&target, text).map_err(|source| {
        let advice = match source.kind() {
            io::ErrorKind::NotFound => "create the folder first",
            io::ErrorKind::IsADirectory => "a folder has this name; name a file",
            _ => "choose a place you may write to",
        };
        Error::File { action: "write", path: path.to_owned(), source, advice: Some(advice.into()) }
    })
}

fn put(target: &Path, text: &str) -> io::Result<()> {
    if target.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    let folder = target.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = as_others_are(tempfile::Builder::new().prefix(".callwright-")).tempfile_in(folder).map_err(plain)?;
    file.write_all(text.as_bytes())?;
    if let Ok(old) = std::fs::metadata(target) {
        file.as_file().set_permissions(old.permissions())?;
    }
    file.as_file().sync_all()?;
    file.persist(target).map_err(|e| plain(e.error))?;
    Ok(())
}

/// Temporary files are private; a result is as readable as any other new file.
#[cfg(unix)]
fn as_others_are<'a, 'b>(builder: &'a mut tempfile::Builder<'b, 'b>) -> &'a mut tempfile::Builder<'b, 'b> {
    use std::os::unix::fs::PermissionsExt;
    builder.permissions(std::fs::Permissions::from_mode(0o666))
}

#[cfg(not(unix))]
fn as_others_are<'a, 'b>(builder: &'a mut tempfile::Builder<'b, 'b>) -> &'a mut tempfile::Builder<'b, 'b> {
    builder
}

/// The error without the name of the temporary file in it.
fn plain(error: io::Error) -> io::Error {
    error.raw_os_error().map_or_else(|| io::Error::from(error.kind()), io::Error::from_raw_os_error)
}
