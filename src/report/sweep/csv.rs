//! `sweep.csv`: one row per point and figure, written as points are done, read again to go on and to be shown.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};
use crate::experiment::Figure;
use crate::experiment::sweep::{Choice, Design, Measured};
use crate::report::compare::scope_columns;
use crate::report::numbers::nine_digits_text;

/// Points held in memory to be shown and drawn.
const MOST_HELD: usize = 5_000;

const BEHIND: [&str; 10] = ["scope", "name", "metric", "unit", "mean", "half_width", "low", "high", "p05", "p95"];

/// The points as far as they are held in memory.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Points {
    /// The first of them: values of the factors, and figures.
    pub held: Vec<(Vec<String>, Vec<Measured>)>,
    /// How many there are.
    pub done: u64,
}

/// The file while a sweep goes on. What is done stays in it, whatever happens to the program.
#[derive(Debug)]
pub struct SweepCsv {
    path: PathBuf,
    file: File,
    figures: Vec<Figure>,
    replications: String,
}

impl SweepCsv {
    /// Opens the file and takes up the points that are whole in it; the rest of it is cut off. Returns how many there
    /// are.
    ///
    /// # Errors
    /// [`Error::File`] when it cannot be written, [`Error::Refused`] when it is the file of another sweep.
    pub fn open(path: &Path, design: &Design, figures: &[Figure], replications: u32) -> Result<(Self, u64)> {
        let failed = |source| Error::File { action: "write", path: path.to_owned(), source, advice: None };
        let open = File::options().create(true).truncate(false).read(true).write(true).open(path);
        let mut file = open.map_err(failed)?;
        let header = header(design);
        let (done, end) = whole_points(&mut file, &header, design, figures).map_err(|why| {
            Error::Refused(format!("cannot go on with {}: {why}\n  help: name another folder", path.display()))
        })?;
        let begin = |file: &mut File| {
            file.set_len(end)?;
            file.seek(SeekFrom::End(0))?;
            if end == 0 { file.write_all(&line(&header)?) } else { Ok(()) }
        };
        begin(&mut file).map_err(failed)?;
        let figures = figures.to_vec();
        Ok((Self { path: path.to_owned(), file, figures, replications: replications.to_string() }, done))
    }

    /// Writes a point, all of it at once.
    ///
    /// # Errors
    /// [`Error::File`] when it cannot be written.
    pub fn add(&mut self, point: u64, values: &[String], measured: &[Measured]) -> Result<()> {
        let mut rows = Vec::new();
        let number = (point + 1).to_string();
        for (figure, of) in self.figures.iter().zip(measured) {
            let (kind, name) = scope_columns(&figure.scope);
            let mut row = vec![number.clone()];
            row.extend(values.iter().cloned());
            row.extend([kind, name, figure.metric.name(), figure.metric.unit().name()].map(str::to_owned));
            row.extend([of.mean, of.half_width, of.low, of.high, of.p05, of.p95].map(nine_digits_text));
            row.push(self.replications.clone());
            rows.extend(line(&row).map_err(|source| self.failed(source))?);
        }
        self.file.write_all(&rows).map_err(|source| self.failed(source))
    }

    fn failed(&self, source: io::Error) -> Error {
        Error::File { action: "write", path: self.path.clone(), source, advice: None }
    }

    /// Reads the whole file once more: the first points into memory, and every point past `choice`.
    ///
    /// # Errors
    /// [`Error::File`] when it cannot be read.
    pub fn read(path: &Path, factors: usize, figures: &[Figure], choice: Option<(&mut Choice, u32)>) -> Result<Points> {
        let failed = |source: io::Error| Error::File { action: "read", path: path.to_owned(), source, advice: None };
        let mut choice = choice;
        let wanted: Vec<Option<usize>> = choice.as_ref().map_or_else(Vec::new, |(choice, _)| {
            let position = |figure: &Figure| figures.iter().position(|other| other == figure);
            choice.figures().iter().map(position).collect()
        });
        let mut reader = csv::Reader::from_path(path).map_err(|e| failed(e.into()))?;
        let (mut points, mut measured, mut record) = (Points::default(), Vec::new(), csv::StringRecord::new());
        while reader.read_record(&mut record).map_err(|e| failed(e.into()))? {
            measured.push(of_row(&record, factors));
            if measured.len() < figures.len() {
                continue;
            }
            if let Some((choice, replications)) = &mut choice {
                let seen: Vec<Measured> =
                    wanted.iter().map(|at| at.map_or_else(Measured::default, |at| measured[at])).collect();
                choice.see(points.done, &seen, u64::from(*replications));
            }
            points.done += 1;
            let whole = std::mem::take(&mut measured);
            if points.held.len() < MOST_HELD {
                points.held.push((record.iter().skip(1).take(factors).map(str::to_owned).collect(), whole));
            }
        }
        Ok(points)
    }
}

fn header(design: &Design) -> Vec<String> {
    let factors = design.factors.iter().map(|factor| factor.path.clone());
    let behind = BEHIND.into_iter().chain(["replications"]).map(str::to_owned);
    ["point".to_owned()].into_iter().chain(factors).chain(behind).collect()
}

fn line(cells: &[String]) -> io::Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(cells)?;
    writer.into_inner().map_err(|error| io::Error::other(error.to_string()))
}

fn of_row(row: &csv::StringRecord, factors: usize) -> Measured {
    let number = |index: usize| row.get(1 + factors + index).and_then(|text| text.parse().ok());
    let [mean, half_width, low, high, p05, p95] = std::array::from_fn(|index| number(4 + index));
    Measured { mean, half_width, low, high, p05, p95 }
}

/// How many points are whole in the file, and where the last of them ends.
fn whole_points(
    file: &mut File,
    header: &[String],
    design: &Design,
    figures: &[Figure],
) -> std::result::Result<(u64, u64), String> {
    let unreadable = |error: io::Error| format!("it cannot be read: {error}");
    let length = file.metadata().map_err(unreadable)?.len();
    if length == 0 {
        return Ok((0, 0));
    }
    // What has no line feed behind it may have been cut anywhere.
    let mut last = [0];
    file.seek(SeekFrom::End(-1)).and_then(|_| file.read_exact(&mut last)).map_err(unreadable)?;
    file.seek(SeekFrom::Start(0)).map_err(unreadable)?;
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(BufReader::new(&mut *file));
    let mut record = csv::StringRecord::new();
    let mut next = |record: &mut csv::StringRecord| {
        let more = reader.read_record(record).unwrap_or(false);
        let end = reader.position().byte();
        (more && (end < length || last == [b'\n'])).then_some(end)
    };
    let Some(mut end) = next(&mut record) else { return Ok((0, 0)) };
    if !record.iter().eq(header.iter().map(String::as_str)) {
        return Err("it is the table of another sweep".into());
    }
    let mut done = 0;
    'points: while done < design.points() {
        let (values, mut at) = (design.values(done), end);
        for figure in figures {
            let Some(behind) = next(&mut record) else { break 'points };
            let cells = record.iter().take(1 + values.len());
            let same = cells.eq([(done + 1).to_string()].iter().chain(&values).map(String::as_str));
            if !same || record.get(3 + values.len()) != Some(figure.metric.name()) || record.len() != header.len() {
                return Err("it is the table of another sweep".into());
            }
            at = behind;
        }
        (done, end) = (done + 1, at);
    }
    Ok((done, end))
}
