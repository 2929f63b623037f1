//! Reading order: which pieces are on one line, and which lines are columns beside one another.
//!
//! Pieces are first put into rows from top to bottom. A gutter is a gap between two pieces of a row that stays open over
//! the rows above and below. Whether the gutter parts columns of running text (left side first) or cells of a table (row by
//! row) is told mostly by the order in which the content shows the pieces: producers write columns one after the other and
//! tables row by row. Where that order says nothing, the shape of the text decides.

use super::pieces::Piece;

/// Pieces on one line, by x.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    pub(crate) pieces: Vec<Piece>,
    pub(crate) y: f32,
    pub(crate) size: f32,
    pub(crate) x0: f32,
    pub(crate) x1: f32,
    /// Whether a new column or area starts here.
    pub(crate) starts_block: bool,
}

/// Columns inside columns inside … deeper than this are noise.
const MAX_DEPTH: u32 = 12;

/// A gutter is at least this wide, in ems.
const MIN_GUTTER: f32 = 0.8;

pub(crate) fn reading_order(mut pieces: Vec<Piece>, rtl: bool) -> Vec<Row> {
    pieces.sort_by(|a, b| b.y.total_cmp(&a.y).then(a.x0.total_cmp(&b.x0)));
    let mut out = Vec::new();
    order(&pieces, rtl, 0, &mut out);
    out
}

/// `pieces` are sorted from top to bottom.
fn order(pieces: &[Piece], rtl: bool, depth: u32, out: &mut Vec<Row>) {
    let first = out.len();
    let rows = rows(pieces);
    let band = if depth < MAX_DEPTH {
        find_columns(&rows)
    } else {
        None
    };
    match band {
        None => out.extend(rows),
        Some(band) => {
            let above: Vec<Piece> = rows[..band.start]
                .iter()
                .flat_map(|r| r.pieces.iter().copied())
                .collect();
            let below: Vec<Piece> = rows[band.end..]
                .iter()
                .flat_map(|r| r.pieces.iter().copied())
                .collect();
            let inside = rows[band.start..band.end]
                .iter()
                .flat_map(|r| r.pieces.iter().copied());
            let (mut left, mut right): (Vec<Piece>, Vec<Piece>) =
                inside.partition(|p| band.is_left(p));
            for side in [&mut left, &mut right] {
                side.sort_by(|a, b| b.y.total_cmp(&a.y).then(a.x0.total_cmp(&b.x0)));
            }
            let (one, two) = if rtl { (right, left) } else { (left, right) };
            for part in [above, one, two, below] {
                if !part.is_empty() {
                    order(&part, rtl, depth + 1, out);
                }
            }
        }
    }
    if let Some(row) = out.get_mut(first) {
        row.starts_block = true;
    }
}

/// Puts pieces into rows. `pieces` are sorted from top to bottom.
fn rows(pieces: &[Piece]) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    // The piece that stands for the row: its largest, since super- and subscripts hang on it.
    let mut leader: Option<Piece> = None;
    for piece in pieces {
        let joins = leader.is_some_and(|leader| overlap(&leader, piece));
        if let (true, Some(row)) = (joins, rows.last_mut()) {
            if leader.is_none_or(|l| piece.size > 1.05 * l.size) {
                leader = Some(*piece);
                row.y = piece.y;
                row.size = piece.size;
            }
            row.x0 = row.x0.min(piece.x0);
            row.x1 = row.x1.max(piece.x1);
            row.pieces.push(*piece);
        } else {
            leader = Some(*piece);
            rows.push(Row {
                pieces: vec![*piece],
                y: piece.y,
                size: piece.size,
                x0: piece.x0,
                x1: piece.x1,
                starts_block: false,
            });
        }
    }
    for row in &mut rows {
        if row.pieces.len() > 1 {
            row.pieces
                .sort_by(|a, b| a.x0.total_cmp(&b.x0).then(a.start.cmp(&b.start)));
        }
    }
    rows
}

/// Whether two pieces are on one line: half of the smaller one's height lies within the other.
fn overlap(a: &Piece, b: &Piece) -> bool {
    let shared = a.top().min(b.top()) - a.bottom().max(b.bottom());
    shared > 0.5 * 0.9 * a.size.min(b.size)
}

/// Rows `start..end` with an open gutter between `low` and `high`.
#[derive(Debug, Clone, Copy)]
struct Band {
    start: usize,
    end: usize,
    low: f32,
    high: f32,
}

impl Band {
    fn is_left(&self, piece: &Piece) -> bool {
        piece.x0 + piece.x1 < self.low + self.high
    }

    /// Narrows the gutter to what `row` leaves open.
    fn narrowed(&self, row: &Row) -> Option<Self> {
        let mut band = *self;
        for piece in &row.pieces {
            if self.is_left(piece) {
                band.low = band.low.max(piece.x1);
            } else {
                band.high = band.high.min(piece.x0);
            }
        }
        (band.high - band.low >= MIN_GUTTER * row.size.min(14.0)).then_some(band)
    }
}

/// The tallest band of rows that is columns, if any is.
fn find_columns(rows: &[Row]) -> Option<Band> {
    let mut best: Option<Band> = None;
    let mut tried: Vec<Band> = Vec::new();
    for (i, row) in rows.iter().enumerate() {
        for pair in row.pieces.windows(2) {
            let (low, high) = (pair[0].x1, pair[1].x0);
            if high - low < MIN_GUTTER * row.size {
                continue;
            }
            let known = |b: &Band| {
                (b.start..b.end).contains(&i) && b.low >= low - 0.01 && b.high <= high + 0.01
            };
            if tried.iter().any(known) {
                continue;
            }
            let band = grow(rows, i, low, high);
            tried.push(band);
            let taller = best.is_none_or(|b| band.end - band.start > b.end - b.start);
            if taller
                && let Some(band) = trim(rows, band)
                && is_columns(rows, &band)
            {
                best = Some(band);
            }
        }
    }
    best
}

fn grow(rows: &[Row], seed: usize, low: f32, high: f32) -> Band {
    let mut band = Band {
        start: seed,
        end: seed + 1,
        low,
        high,
    };
    while let Some(next) = rows.get(band.end).and_then(|row| band.narrowed(row)) {
        band = Band {
            end: band.end + 1,
            ..next
        };
    }
    while let Some(next) = band
        .start
        .checked_sub(1)
        .and_then(|i| band.narrowed(&rows[i]))
    {
        band = Band {
            start: band.start - 1,
            ..next
        };
    }
    band
}

/// Cuts rows off both ends that hold one side only and stand apart: headings above and footers below the columns.
fn trim(rows: &[Row], mut band: Band) -> Option<Band> {
    let sides = |row: &Row| {
        let left = row.pieces.iter().any(|p| band.is_left(p));
        let right = row.pieces.iter().any(|p| !band.is_left(p));
        (left, right)
    };
    let both: Vec<usize> = (band.start..band.end)
        .filter(|i| sides(&rows[*i]) == (true, true))
        .collect();
    let (first, last) = (*both.first()?, *both.last()?);
    let apart = |upper: &Row, lower: &Row| upper.y - lower.y > 2.2 * upper.size.max(lower.size);
    let mut i = first;
    while i > band.start {
        if apart(&rows[i - 1], &rows[i]) {
            band.start = i;
            break;
        }
        i -= 1;
    }
    let mut i = last;
    while i + 1 < band.end {
        if apart(&rows[i], &rows[i + 1]) {
            band.end = i + 1;
            break;
        }
        i += 1;
    }
    Some(band)
}

/// Lines of one side of a band.
#[derive(Default)]
struct Side {
    lines: usize,
    widths: f32,
    x0: f32,
    x1: f32,
    starts: Vec<f32>,
}

fn is_columns(rows: &[Row], band: &Band) -> bool {
    let mut sides = [Side::default(), Side::default()];
    let mut shown: Vec<(u32, bool)> = Vec::new();
    let (mut both, mut size) = (0, 0.0_f32);
    for row in &rows[band.start..band.end] {
        let mut present = [false; 2];
        for (side, is_left) in sides.iter_mut().zip([true, false]) {
            let mut extent: Option<(f32, f32)> = None;
            for piece in row.pieces.iter().filter(|p| band.is_left(p) == is_left) {
                shown.push((piece.start, is_left));
                size = size.max(piece.size.min(row.size));
                let (x0, x1) = extent.unwrap_or((piece.x0, piece.x1));
                extent = Some((x0.min(piece.x0), x1.max(piece.x1)));
            }
            if let Some((x0, x1)) = extent {
                side.x0 = if side.lines == 0 { x0 } else { side.x0.min(x0) };
                side.x1 = if side.lines == 0 { x1 } else { side.x1.max(x1) };
                side.lines += 1;
                side.widths += x1 - x0;
                side.starts.push(x0);
                present[usize::from(is_left)] = true;
            }
        }
        both += usize::from(present[0] && present[1]);
    }
    let [left, right] = &sides;
    let fewest = left.lines.min(right.lines);
    if fewest < 2 {
        return false;
    }
    shown.sort_unstable();
    let switches = shown
        .windows(2)
        .filter(|pair| pair[0].1 != pair[1].1)
        .count();
    // Row by row a table switches sides about twice a row; columns switch once, a few times where boxes interrupt.
    if switches * 4 <= fewest * 2 || switches == 1 {
        return true;
    }
    // The order of showing looks like rows. Running text still shows by long lines that fill both sides.
    let is_prose = |side: &Side| {
        let width = side.x1 - side.x0;
        let aligned = side
            .starts
            .iter()
            .filter(|x| **x - side.x0 < 0.6 * size)
            .count();
        width > 14.0 * size
            && side.widths / side.lines as f32 > 0.7 * width
            && aligned * 10 >= side.lines * 7
    };
    both >= 5 && is_prose(left) && is_prose(right)
}
