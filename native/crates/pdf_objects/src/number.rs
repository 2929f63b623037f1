//! Numbers, as the specification (PDF 32000-2, 7.3.3) and as careless writers have them.

/// A number of a PDF.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Number {
    /// Written without a point.
    Integer(i64),
    /// Written with a point, or past 64 bits.
    Real(f64),
}

impl Number {
    /// The nearest 32-bit float.
    pub fn as_f32(self) -> f32 {
        match self {
            Self::Integer(value) => value as f32,
            Self::Real(value) => value as f32,
        }
    }

    /// The integer towards zero.
    pub fn as_i64(self) -> i64 {
        match self {
            Self::Integer(value) => value,
            Self::Real(value) => value as i64,
        }
    }

    /// Reads a run of regular characters. Doubled signs count once, a sign or a second point within ends the number, and a
    /// sign or point alone is 0.
    pub(crate) fn parse(word: &[u8]) -> Option<Self> {
        let signs = word.iter().take_while(|byte| matches!(byte, b'+' | b'-')).count();
        let negative = word[..signs].contains(&b'-');
        let (mut mantissa, mut digits, mut fraction) = (0_u64, 0_usize, None);
        let mut lost = 0_i32;
        for &byte in &word[signs..] {
            match byte {
                b'0'..=b'9' => {
                    digits += 1;
                    let next = mantissa.checked_mul(10).and_then(|n| n.checked_add(u64::from(byte - b'0')));
                    match next {
                        Some(next) if lost == 0 => {
                            mantissa = next;
                            fraction = fraction.map(|n: i32| n + 1);
                        }
                        // Digits past 64 bits change nothing but the magnitude.
                        _ if fraction.is_none() => lost += 1,
                        _ => {}
                    }
                }
                b'.' if fraction.is_none() => fraction = Some(0),
                b'.' | b'-' if digits > 0 => break,
                _ => return None,
            }
        }
        if digits == 0 && signs == 0 && fraction.is_none() {
            return None;
        }
        let signed = |value: f64| if negative { -value } else { value };
        Some(match fraction {
            None if lost == 0 => match i64::try_from(mantissa) {
                Ok(value) => Self::Integer(if negative { -value } else { value }),
                Err(_) => Self::Real(signed(mantissa as f64)),
            },
            None => Self::Real(signed(mantissa as f64 * 10_f64.powi(lost))),
            Some(places) => Self::Real(signed(mantissa as f64 / power_of_ten(places) * power_of_ten(lost))),
        })
    }
}

/// Exact for the powers that numbers in documents have.
fn power_of_ten(power: i32) -> f64 {
    const EXACT: [f64; 23] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22,
    ];
    usize::try_from(power).ok().and_then(|at| EXACT.get(at)).copied().unwrap_or_else(|| 10_f64.powi(power))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_careful_and_careless_writers() {
        let real = |value| Some(Number::Real(value));
        let integer = |value| Some(Number::Integer(value));
        for (word, number) in [
            ("0", integer(0)),
            ("+17", integer(17)),
            ("-98", integer(-98)),
            ("--5", integer(-5)),
            ("34.5", real(34.5)),
            ("-.002", real(-0.002)),
            ("4.", real(4.0)),
            (".", real(0.0)),
            ("-", integer(0)),
            ("1.2.3", real(1.2)),
            ("12-34", integer(12)),
            ("9223372036854775808", real(9223372036854775808.0)),
            ("123456789012345678901234", real(1.2345678901234567e23)),
            ("0.12345678901234567890123", real(0.123_456_789_012_345_68)),
            ("12a", None),
            ("R", None),
            ("", None),
        ] {
            let found = Number::parse(word.as_bytes());
            match (found, number) {
                (Some(Number::Real(a)), Some(Number::Real(b))) => {
                    assert!((a - b).abs() <= b.abs() * 1e-15, "{word}: {a}")
                }
                _ => assert_eq!(found, number, "{word}"),
            }
        }
    }
}
