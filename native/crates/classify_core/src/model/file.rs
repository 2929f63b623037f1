//! A model as bytes, little-endian: magic, version, kind, classes, features, rows, length of the header; the header, which is
//! the caller's (JSON); for each class slope and offset; then keys, document frequencies, scales and steps, each for all features.

use super::{Calibration, Index, Kind, Model};
use crate::error::{ModelError, ModelErrorCode};
use crate::text::FEATURES_VERSION;

const MAGIC: [u8; 8] = *b"SLMODEL\n";
const VERSION: u32 = 1;
const FIXED_BYTES: usize = 8 + 7 * 4;
/// What a file may say of itself: more is no model that was made here.
const MOST_CLASSES: u32 = 4_096;
const MOST_FEATURES: u32 = 1 << 24;
const MOST_ROWS: u32 = 1 << 30;

impl Model {
    /// The file of this model; `header` stands in it as it is.
    pub fn to_bytes(&self, header: &str) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(
            FIXED_BYTES + header.len() + self.classes() * 8 + self.features() * (12 + self.classes()),
        );
        bytes.extend(MAGIC);
        let kind = match self.kind {
            Kind::Single => 0,
            Kind::Multi => 1,
        };
        let (classes, features) = (self.classes() as u32, self.features() as u32);
        for number in [VERSION, FEATURES_VERSION, kind, classes, features, self.rows, header.len() as u32] {
            bytes.extend(number.to_le_bytes());
        }
        bytes.extend(header.as_bytes());
        for Calibration { slope, offset } in &self.calibration {
            bytes.extend(slope.to_le_bytes());
            bytes.extend(offset.to_le_bytes());
        }
        self.index.keys().iter().for_each(|key| bytes.extend(key.to_le_bytes()));
        self.document_frequency.iter().for_each(|count| bytes.extend(count.to_le_bytes()));
        self.scale.iter().for_each(|scale| bytes.extend(scale.to_le_bytes()));
        bytes.extend(self.steps.iter().map(|step| step.to_le_bytes()[0]));
        bytes
    }

    /// Reads a file.
    ///
    /// # Errors
    /// `MODEL_INVALID` for anything that [`Self::to_bytes`] would not have written.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ModelError> {
        let mut reader = Reader(bytes);
        if reader.take(MAGIC.len())? != MAGIC {
            return Err(invalid("it is not the file of a model"));
        }
        let [version, features_version, kind, classes, features, rows, header_bytes] = reader.numbers()?;
        if version != VERSION || features_version != FEATURES_VERSION {
            return Err(invalid("it was made by another version; train it again"));
        }
        let kind = match kind {
            0 if classes >= 2 => Kind::Single,
            1 if classes >= 1 => Kind::Multi,
            _ => return Err(invalid("it has no classes, or is of no known kind")),
        };
        if classes > MOST_CLASSES || features > MOST_FEATURES || rows == 0 || rows > MOST_ROWS {
            return Err(invalid("its numbers are beyond those of any model"));
        }
        let (classes, features) = (classes as usize, features as usize);
        let expected = header_bytes as usize + classes * 8 + features * (12 + classes);
        if reader.0.len() != expected {
            return Err(invalid("it is cut, or has something at its end"));
        }
        let header = core::str::from_utf8(reader.take(header_bytes as usize)?);
        let header = header.map_err(|_| invalid("its header is not text"))?.to_string();
        let calibration = reader.list(classes * 2, f32::from_le_bytes)?;
        let keys = reader.list(features, u32::from_le_bytes)?;
        let document_frequency = reader.list(features, u32::from_le_bytes)?;
        let scale = reader.list(features, f32::from_le_bytes)?;
        let steps: Vec<i8> = reader.take(features * classes)?.iter().map(|&byte| i8::from_le_bytes([byte])).collect();
        if !keys.is_sorted_by(|left, right| left < right) {
            return Err(invalid("its n-grams are not in order"));
        }
        if document_frequency.iter().any(|&count| count == 0 || count > rows) {
            return Err(invalid("an n-gram is in no text, or in more than there were"));
        }
        let sane = |number: &f32| number.is_finite() && number.abs() < 1e6;
        if !calibration.iter().all(sane) || !scale.iter().all(|scale| sane(scale) && *scale >= 0.0) {
            return Err(invalid("its weights are not numbers"));
        }
        let idf = document_frequency.iter().map(|&count| Self::inverse_frequency(rows, count)).collect();
        let calibration =
            calibration.chunks_exact(2).map(|pair| Calibration { slope: pair[0], offset: pair[1] }).collect();
        Ok(Self { kind, rows, calibration, index: Index::new(keys), document_frequency, idf, scale, steps, header })
    }
}

struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, count: usize) -> Result<&'a [u8], ModelError> {
        let (taken, rest) = self.0.split_at_checked(count).ok_or_else(|| invalid("it is cut"))?;
        self.0 = rest;
        Ok(taken)
    }

    fn numbers<const COUNT: usize>(&mut self) -> Result<[u32; COUNT], ModelError> {
        let mut numbers = [0; COUNT];
        for number in &mut numbers {
            *number = self.list(1, u32::from_le_bytes)?[0];
        }
        Ok(numbers)
    }

    fn list<T>(&mut self, count: usize, from: fn([u8; 4]) -> T) -> Result<Vec<T>, ModelError> {
        let (words, _) = self.take(count * 4)?.as_chunks::<4>();
        Ok(words.iter().map(|&word| from(word)).collect())
    }
}

fn invalid(why: &str) -> ModelError {
    ModelError::new(ModelErrorCode::ModelInvalid, format!("The model cannot be used: {why}."))
}
