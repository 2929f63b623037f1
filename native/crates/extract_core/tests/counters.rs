//! What reading the project's own samples takes, counted instead of timed, against what is committed in `counters.tsv`: a
//! slow-down is seen without a clock, on any machine.
//!
//! A change that is meant is committed with the new numbers: `UPDATE_COUNTERS=1 cargo test -p extract_core --test counters`.

use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

const SAMPLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../packages/testkit/samples/documents");
const COMMITTED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/counters.tsv");
const COLUMNS: &str = "document\tpages\toperators\tglyphs\tdecoded bytes\tallocations\tallocated bytes";
const HOW_TO_UPDATE: &str =
    "If that is meant, commit what this writes:\n  UPDATE_COUNTERS=1 cargo test -p extract_core --test counters";

/// Columns that must be the same to the last digit; the allocations behind them follow the standard library too, whose
/// collections grow differently from one compiler to the next, and may differ by [`TOLERANCE`].
const EXACT: usize = 4;
const TOLERANCE: f64 = 0.03;

/// What one document took, in the order of [`COLUMNS`]; nothing of a document that is refused.
type Row = (String, Vec<u64>);

#[test]
fn counters_are_those_committed() -> Result<(), Box<dyn Error>> {
    let rows = count(Path::new(SAMPLES))?;
    assert!(!rows.is_empty(), "no sample in {SAMPLES}");
    if std::env::var_os("UPDATE_COUNTERS").is_some() {
        std::fs::write(COMMITTED, table(&rows)?)?;
        return Ok(());
    }
    let committed = parse(&std::fs::read_to_string(COMMITTED)?)?;
    let names = |rows: &[Row]| rows.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
    assert_eq!(names(&rows), names(&committed), "the samples are not those that were counted. {HOW_TO_UPDATE}");
    let mut differences = String::new();
    for ((name, now), (_, before)) in rows.iter().zip(&committed) {
        if now.len() != before.len() {
            writeln!(differences, "{name}: read or refused, unlike before")?;
        }
        for (i, column) in COLUMNS.split('\t').skip(1).enumerate() {
            let (Some(now), Some(before)) = (now.get(i), before.get(i)) else { continue };
            let most = if i < EXACT { 0.0 } else { TOLERANCE * *before as f64 };
            if now.abs_diff(*before) as f64 > most {
                writeln!(differences, "{name}: {column} {before} -> {now}")?;
            }
        }
    }
    assert!(differences.is_empty(), "the samples take another amount of work:\n{differences}{HOW_TO_UPDATE}");
    Ok(())
}

#[test]
fn counts_repeat() -> Result<(), Box<dyn Error>> {
    let folder = Path::new(SAMPLES).join("research");
    assert_eq!(count(&folder)?, count(&folder)?);
    Ok(())
}

fn count(folder: &Path) -> Result<Vec<Row>, Box<dyn Error>> {
    let mut rows = Vec::new();
    for path in documents(folder)? {
        let name = path.strip_prefix(SAMPLES)?.to_string_lossy().replace('\\', "/");
        let bytes = std::fs::read(&path)?;
        // The first reading fills tables that live as long as the process.
        drop(extract_core::extract(bytes.clone(), &Default::default()));
        let mut read = None;
        let allocations = allocation_counter::measure(|| read = extract_core::extract(bytes, &Default::default()).ok());
        let numbers = read.map(|document| {
            let work = document.work;
            let pages = document.pages.len() as u64;
            vec![
                pages,
                work.operators,
                work.glyphs,
                work.decoded_bytes,
                allocations.count_total,
                allocations.bytes_total,
            ]
        });
        rows.push((name, numbers.unwrap_or_default()));
    }
    Ok(rows)
}

/// The PDFs below a folder, by name.
fn documents(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "pdf") {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

fn table(rows: &[Row]) -> Result<String, Box<dyn Error>> {
    let mut out = format!("{COLUMNS}\n");
    for (name, numbers) in rows {
        out.push_str(name);
        for number in numbers {
            write!(out, "\t{number}")?;
        }
        out.push('\n');
    }
    Ok(out)
}

fn parse(table: &str) -> Result<Vec<Row>, Box<dyn Error>> {
    let rows = table.lines().skip(1).map(|line| {
        let mut fields = line.split('\t');
        let name = fields.next().unwrap_or_default().to_string();
        Ok((name, fields.map(str::parse).collect::<Result<_, _>>()?))
    });
    rows.collect()
}
