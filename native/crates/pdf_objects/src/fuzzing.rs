//! What fuzz targets do with their input: they run a part of the object layer and assert what must hold for any bytes.

use crate::filters::{self, Inflater, Predictor, TooLarge};

const LIMIT: usize = 1 << 20;

/// Decodes by each filter, then undoes predictors that the first bytes name.
///
/// # Panics
/// When a filter gives more than its limit.
pub fn filters(data: &[u8]) {
    let [a, b, c, d, packed @ ..] = data else { return };
    let mut inflated = Vec::new();
    let mut inflater = Inflater::new();
    let outcome = inflater.inflate(packed, LIMIT, &mut inflated);
    assert!(inflated.len() <= LIMIT + (16 << 10) && (outcome.is_err() || inflated.len() <= LIMIT));
    let mut again = Vec::new();
    assert_eq!(inflater.inflate(packed, LIMIT, &mut again), outcome);
    assert_eq!(again, inflated);
    assert!(filters::inflate_start(packed, usize::from(*d)).len() <= usize::from(*d));
    for decoded in [
        filters::lzw(packed, *a & 1 == 0, LIMIT),
        filters::run_length(packed, LIMIT),
        filters::ascii_85(packed, LIMIT),
        Ok(filters::ascii_hex(packed)),
    ] {
        assert!(decoded.as_ref().map_or(true, |out| out.len() <= LIMIT));
        let predictor = Predictor {
            kind: i32::from(*a),
            colors: usize::from(*b % 33),
            bits: usize::from(*c % 17),
            columns: usize::from(*d),
        };
        let decoded: Result<Vec<u8>, TooLarge> = decoded;
        if let Ok(out) = decoded {
            let length = out.len();
            assert!(predictor.undo(out).len() <= length, "predictors add nothing");
        }
    }
}
