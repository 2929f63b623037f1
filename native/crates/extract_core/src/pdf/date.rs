//! Dates (PDF 2.0, 7.9.4).

/// `D:YYYYMMDDHHmmSSOHH'mm` as ISO 8601; what is left out counts as its start, a missing zone as UTC.
pub(super) fn iso_8601(date: &[u8]) -> Option<String> {
    let mut rest = date.strip_prefix(b"D:")?;
    let year = field(&mut rest, 4, 0, 9999)?;
    let month = field(&mut rest, 2, 1, 12).unwrap_or(1);
    let day = field(&mut rest, 2, 1, 31).unwrap_or(1);
    let hour = field(&mut rest, 2, 0, 23).unwrap_or(0);
    let minute = field(&mut rest, 2, 0, 59).unwrap_or(0);
    let second = field(&mut rest, 2, 0, 59).unwrap_or(0);
    let mut zone = "Z".to_string();
    if let Some((sign, tail)) = rest.split_first() {
        rest = tail;
        let hours = field(&mut rest, 2, 0, 23).unwrap_or(0);
        rest = rest.strip_prefix(b"'").unwrap_or(rest);
        let minutes = field(&mut rest, 2, 0, 59).unwrap_or(0);
        if hours != 0 || minutes != 0 {
            let sign = if *sign == b'-' && hours != 0 { '-' } else { '+' };
            zone = format!("{sign}{hours:02}:{minutes:02}");
        }
    }
    Some(format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{zone}"))
}

/// A number of that many digits within bounds. What is no number is left standing only where a zone starts.
fn field(rest: &mut &[u8], digits: usize, least: u32, most: u32) -> Option<u32> {
    if matches!(rest.first()?, b'-' | b'+' | b'Z') {
        return None;
    }
    let (number, tail) = rest.split_at_checked(digits)?;
    *rest = tail;
    core::str::from_utf8(number).ok()?.parse().ok().filter(|number| (least..=most).contains(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_with_and_without_parts() {
        for (date, iso) in [
            ("D:20240229123456+02'00'", Some("2024-02-29T12:34:56+02:00")),
            ("D:19981223195200-08'00", Some("1998-12-23T19:52:00-08:00")),
            ("D:20010101000000Z", Some("2001-01-01T00:00:00Z")),
            ("D:2001", Some("2001-01-01T00:00:00Z")),
            ("2001", None),
            ("D:20", None),
        ] {
            assert_eq!(iso_8601(date.as_bytes()).as_deref(), iso, "{date}");
        }
    }
}
