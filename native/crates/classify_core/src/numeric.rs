//! Exponential and logarithm from additions and multiplications alone. Those of the system's library differ from machine to
//! machine in the last bit, and a model's name is the hash of its bytes.

use core::f64::consts::{LN_2, LOG2_E, SQRT_2};

/// The upper bits of ln 2, so that a multiple of up to 11 bits is exact, and the rest of it (Cody and Waite).
const LN_2_HIGH: f64 = 6.931_471_803_691_238e-1;
const LN_2_LOW: f64 = 1.908_214_929_270_587_7e-10;

/// e to the power of `x`, within two units in the last place; 0 below -708.
pub(crate) fn exp(x: f64) -> f64 {
    if x < -708.0 {
        return 0.0;
    }
    let x = x.min(709.0);
    let times = (x * LOG2_E).round();
    let rest = (x - times * LN_2_HIGH) - times * LN_2_LOW;
    // Taylor about 0: |rest| is at most ln 2 / 2, so that the 14th term is below 2^-53.
    let mut sum = 1.0;
    for term in (1..=13).rev() {
        sum = 1.0 + sum * rest / f64::from(term);
    }
    sum * f64::from_bits(((times as i64 + 1023) as u64) << 52)
}

/// The natural logarithm of a positive, normal `x`, within two units in the last place.
pub(crate) fn ln(x: f64) -> f64 {
    let bits = x.to_bits();
    let mut exponent = ((bits >> 52) & 0x7ff) as i64 - 1023;
    let mut mantissa = f64::from_bits((bits & 0x000f_ffff_ffff_ffff) | (1023 << 52));
    if mantissa > SQRT_2 {
        mantissa /= 2.0;
        exponent += 1;
    }
    // ln m = 2 artanh s, |s| < 0.172.
    let s = (mantissa - 1.0) / (mantissa + 1.0);
    let square = s * s;
    let mut sum = 0.0;
    for odd in (1..=21).rev().step_by(2) {
        sum = sum * square + 1.0 / f64::from(odd);
    }
    exponent as f64 * LN_2 + 2.0 * s * sum
}

/// 1 / (1 + e^-x).
pub(crate) fn sigmoid(x: f64) -> f64 {
    if x >= 0.0 { 1.0 / (1.0 + exp(-x)) } else { exp(x) / (1.0 + exp(x)) }
}

/// Turns logits into probabilities in place, and gives the logarithm of the sum of their exponentials.
pub(crate) fn softmax(logits: &mut [f64]) -> f64 {
    let top = logits.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let mut sum = 0.0;
    for logit in logits.iter_mut() {
        *logit = exp(*logit - top);
        sum += *logit;
    }
    for logit in logits.iter_mut() {
        *logit /= sum;
    }
    top + ln(sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_the_library() {
        for step in -70_000..70_000 {
            let x = f64::from(step) / 100.0;
            assert!((exp(x) / x.exp() - 1.0).abs() < 1e-15, "exp {x}");
        }
        for step in 1..100_000 {
            let x = f64::from(step) * f64::from(step) / 7_000.0;
            let error = (ln(x) - x.ln()).abs();
            assert!(error <= 4e-16 * x.ln().abs().max(1.0), "ln {x}: {error}");
        }
        assert_eq!((exp(-800.0), exp(0.0), ln(1.0)), (0.0, 1.0, 0.0));
    }

    #[test]
    fn softmax_stands_large_logits() {
        let mut logits = [1_000.0, 998.0, -5_000.0];
        assert!((softmax(&mut logits) - 1_000.126_928).abs() < 1e-6);
        assert!((logits.iter().sum::<f64>() - 1.0).abs() < 1e-15 && logits[2] == 0.0);
        assert!((sigmoid(-40.0) + sigmoid(40.0) - 1.0).abs() < 1e-15);
    }
}
