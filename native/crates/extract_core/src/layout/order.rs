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

/// Pieces looked at in the search for gutters, which looks at all of them for each gap it tries. Pages of text need a
/// tenth of it; scattered labels by the thousand have no columns to find.
const SEARCH_BUDGET: usize = 4_000_000;

/// A gutter is at least this wide, in ems.
const MIN_GUTTER: f32 = 0.8;

/// `stop` says that the time is up: then columns are looked for no more.
pub(crate) fn reading_order(mut pieces: Vec<Piece>, rtl: bool, stop: &dyn Fn() -> bool) -> Vec<Row> {
    pieces.sort_by(|a, b| b.y.total_cmp(&a.y).then(a.x0.total_cmp(&b.x0)));
    let mut out = Vec::new();
    order(&pieces, rtl, stop, 0, &mut out);
    out
}

/// `pieces` are sorted from top to bottom.
fn order(pieces: &[Piece], rtl: bool, stop: &dyn Fn() -> bool, depth: u32, out: &mut Vec<Row>) {
    let first = out.len();
    let rows = rows(pieces);
    let band = if depth < MAX_DEPTH && !stop() { find_columns(&rows) } else { None };
    match band {
        None => out.extend(settle_cells(rows)),
        Some(band) => {
            let above: Vec<Piece> = rows[..band.start].iter().flat_map(|r| r.pieces.iter().copied()).collect();
            let below: Vec<Piece> = rows[band.end..].iter().flat_map(|r| r.pieces.iter().copied()).collect();
            let inside = rows[band.start..band.end].iter().flat_map(|r| r.pieces.iter().copied());
            let (mut left, mut right): (Vec<Piece>, Vec<Piece>) = inside.partition(|p| band.is_left(p));
            for side in [&mut left, &mut right] {
                side.sort_by(|a, b| b.y.total_cmp(&a.y).then(a.x0.total_cmp(&b.x0)));
            }
            let (one, two) = if rtl { (right, left) } else { (left, right) };
            for part in [above, one, two, below] {
                if !part.is_empty() {
                    order(&part, rtl, stop, depth + 1, out);
                }
            }
        }
    }
    if let Some(row) = out.get_mut(first) {
        row.starts_block = true;
    }
}

/// Puts the wrapped cells of a table back together: rows that the content shows cell by cell become one row, whose pieces
/// are in cell order.
fn settle_cells(mut rows: Vec<Row>) -> Vec<Row> {
    if rows.iter().all(|row| row.pieces.len() < 2) {
        return rows;
    }
    let whole = Band { start: 0, end: rows.len(), low: 0.0, high: 0.0, least: 0.0 };
    // From the last to the first, so that the rows before stay where they are.
    for part in parts_in_order(&rows, whole).into_iter().rev() {
        if part.end - part.start < 2 {
            continue;
        }
        if let Some(row) = join_cells(&rows[part.start..part.end]) {
            rows.splice(part.start..part.end, [row]);
        }
    }
    rows
}

/// One row out of several, when each column in them is shown in one go and reading by lines would tear the columns apart.
fn join_cells(rows: &[Row]) -> Option<Row> {
    let mut pieces: Vec<Piece> = rows.iter().flat_map(|row| row.pieces.iter().copied()).collect();
    if pieces.iter().any(|piece| piece.rtl || piece.overlay) || pieces.windows(2).all(|p| p[0].start < p[1].start) {
        return None;
    }
    pieces.sort_by(|a, b| a.x0.total_cmp(&b.x0));
    let mut columns: Vec<f32> = Vec::new();
    let mut placed: Vec<(usize, Piece)> = Vec::with_capacity(pieces.len());
    for piece in pieces {
        match columns.last_mut() {
            Some(end) if piece.x0 < *end => *end = end.max(piece.x1),
            _ => columns.push(piece.x1),
        }
        placed.push((columns.len() - 1, piece));
    }
    placed.sort_by_key(|(_, piece)| piece.start);
    let switches = placed.windows(2).filter(|pair| pair[0].0 != pair[1].0).count();
    if columns.len() < 2 || switches + 1 != columns.len() {
        return None;
    }
    placed.sort_by(|a, b| a.0.cmp(&b.0).then(b.1.y.total_cmp(&a.1.y)).then(a.1.x0.total_cmp(&b.1.x0)));
    let first = rows.first()?;
    Some(Row { pieces: placed.into_iter().map(|(_, piece)| piece).collect(), ..first.clone() })
}

/// The size most glyphs have.
fn body_size(rows: &[Row]) -> f32 {
    let pieces = || rows.iter().flat_map(|row| &row.pieces);
    if let Some(first) = pieces().next().map(|piece| piece.size)
        && pieces().all(|piece| piece.size == first)
    {
        return first;
    }
    let mut sizes: Vec<(f32, u32)> = pieces().map(|piece| (piece.size, piece.end - piece.start)).collect();
    sizes.sort_by(|a, b| a.0.total_cmp(&b.0));
    let half = sizes.iter().map(|(_, count)| count).sum::<u32>() / 2;
    let mut seen = 0;
    let median = sizes.iter().find(|(_, count)| {
        seen += count;
        seen > half
    });
    median.map_or(10.0, |(size, _)| *size)
}

/// Puts pieces into rows. `pieces` are sorted from top to bottom.
fn rows(pieces: &[Piece]) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::with_capacity(64.min(pieces.len()));
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
            // A line of text is a few pieces: words of another font, and what is set beside it.
            let mut of_row = Vec::with_capacity(4);
            of_row.push(*piece);
            rows.push(Row {
                pieces: of_row,
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
            row.pieces.sort_by(|a, b| a.x0.total_cmp(&b.x0).then(a.start.cmp(&b.start)));
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
    /// Width below which it is no gutter.
    least: f32,
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
        (band.high - band.low >= self.least).then_some(band)
    }
}

/// The tallest band of rows that is columns, if any is.
fn find_columns(rows: &[Row]) -> Option<Band> {
    let mut best: Option<Band> = None;
    let mut tried: Vec<Band> = Vec::new();
    let least = MIN_GUTTER * body_size(rows);
    let pieces: usize = rows.iter().map(|row| row.pieces.len()).sum();
    let most = (SEARCH_BUDGET / pieces.max(1)).clamp(8, 1000);
    for (i, row) in rows.iter().enumerate() {
        for pair in row.pieces.windows(2) {
            let (low, high) = (pair[0].x1, pair[1].x0);
            if high - low < least {
                continue;
            }
            if tried.len() >= most {
                return best;
            }
            let known = |b: &Band| (b.start..b.end).contains(&i) && b.low >= low - 0.01 && b.high <= high + 0.01;
            if tried.iter().any(known) {
                continue;
            }
            let seed = Band { start: i, end: i + 1, low, high, least };
            let band = grow(rows, seed);
            tried.push(band);
            let height = |b: &Band| b.end - b.start;
            let mut consider = |band: Band| {
                if best.is_none_or(|b| height(&band) > height(&b)) {
                    best = Some(band);
                }
            };
            if is_prose(rows, &band) {
                consider(band);
            } else {
                parts_in_order(rows, band).into_iter().filter(|part| is_columns(rows, part)).for_each(&mut consider);
            }
        }
    }
    best
}

/// Cuts a band wherever all that is above was shown before all that is below: rows of a table fall apart, and so do boxes
/// set side by side in rows, while columns read one after the other hold together.
fn parts_in_order(rows: &[Row], band: Band) -> Vec<Band> {
    let spans: Vec<(u32, u32)> = rows[band.start..band.end].iter().map(shown).collect();
    // Running heads and feet are often shown before or after all the rest.
    let (mut start, mut end) = (0, spans.len());
    let bounds = |spans: &[(u32, u32)]| spans.iter().fold((u32::MAX, 0), |(lo, hi), s| (lo.min(s.0), hi.max(s.1)));
    while end - start > 1 && spans[end - 1].1 < bounds(&spans[start..end - 1]).0 {
        end -= 1;
    }
    while end - start > 1 && spans[start].0 > bounds(&spans[start + 1..end]).1 {
        start += 1;
    }
    let mut first_below = vec![u32::MAX; end + 1];
    for i in (start..end).rev() {
        first_below[i] = first_below[i + 1].min(spans[i].0);
    }
    let (mut parts, mut last_above, mut from) = (Vec::with_capacity(end - start), 0, start);
    for i in start..end {
        last_above = last_above.max(spans[i].1);
        if last_above < first_below[i + 1] {
            parts.push(Band { start: band.start + from, end: band.start + i + 1, ..band });
            from = i + 1;
        }
    }
    parts
}

/// First and last glyph of a row in the order of showing.
fn shown(row: &Row) -> (u32, u32) {
    row.pieces
        .iter()
        .filter(|p| !p.overlay)
        .fold((u32::MAX, 0), |(first, last), p| (first.min(p.start), last.max(p.start)))
}

fn grow(rows: &[Row], mut band: Band) -> Band {
    while let Some(next) = rows.get(band.end).and_then(|row| band.narrowed(row)) {
        band = Band { end: band.end + 1, ..next };
    }
    while let Some(next) = band.start.checked_sub(1).and_then(|i| band.narrowed(&rows[i])) {
        band = Band { start: band.start - 1, ..next };
    }
    band
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

/// What the two sides of a band hold.
struct Sides {
    left: Side,
    right: Side,
    /// Rows with text on both.
    both: usize,
    size: f32,
    /// How often the content goes from one side to the other.
    switches: usize,
}

fn measure(rows: &[Row], band: &Band) -> Sides {
    let mut sides = Sides { left: Side::default(), right: Side::default(), both: 0, size: 0.0, switches: 0 };
    let rows = &rows[band.start..band.end];
    let mut shown: Vec<(u32, bool)> = Vec::with_capacity(rows.iter().map(|row| row.pieces.len()).sum());
    sides.left.starts.reserve(rows.len());
    sides.right.starts.reserve(rows.len());
    for row in rows {
        let mut extents: [Option<(f32, f32)>; 2] = [None; 2];
        for piece in &row.pieces {
            let is_left = band.is_left(piece);
            if piece.overlay {
                continue;
            }
            shown.push((piece.start, is_left));
            sides.size = sides.size.max(piece.size.min(row.size));
            let extent = &mut extents[usize::from(!is_left)];
            let (x0, x1) = extent.unwrap_or((piece.x0, piece.x1));
            *extent = Some((x0.min(piece.x0), x1.max(piece.x1)));
        }
        sides.both += usize::from(extents.iter().all(Option::is_some));
        for (side, extent) in [&mut sides.left, &mut sides.right].into_iter().zip(extents) {
            if let Some((x0, x1)) = extent {
                side.add(x0, x1);
            }
        }
    }
    shown.sort_unstable();
    sides.switches = shown.windows(2).filter(|pair| pair[0].1 != pair[1].1).count();
    sides
}

impl Side {
    fn add(&mut self, x0: f32, x1: f32) {
        let first = self.lines == 0;
        self.x0 = if first { x0 } else { self.x0.min(x0) };
        self.x1 = if first { x1 } else { self.x1.max(x1) };
        self.lines += 1;
        self.widths += x1 - x0;
        self.starts.push(x0);
    }

    /// Running text shows by long lines that start at one edge and fill the width.
    fn is_prose(&self, size: f32) -> bool {
        let width = self.x1 - self.x0;
        let aligned = self.starts.iter().filter(|x| **x - self.x0 < 0.6 * size).count();
        width > 14.0 * size && self.widths > 0.7 * width * self.lines as f32 && aligned * 10 >= self.lines * 7
    }
}

/// Columns of running text, whatever the order they are shown in.
fn is_prose(rows: &[Row], band: &Band) -> bool {
    // Most bands are too short to count as either: told before they are measured.
    if band.end - band.start < 5 {
        return false;
    }
    let sides = measure(rows, band);
    let interleaved = sides.switches > sides.both;
    interleaved && sides.both >= 5 && sides.left.is_prose(sides.size) && sides.right.is_prose(sides.size)
}

/// Columns shown one after the other.
fn is_columns(rows: &[Row], band: &Band) -> bool {
    if band.end - band.start < 2 {
        return false;
    }
    let sides = measure(rows, band);
    let fewest = sides.left.lines.min(sides.right.lines);
    fewest >= 2 && (sides.switches == 1 || sides.switches * 2 <= fewest)
}
