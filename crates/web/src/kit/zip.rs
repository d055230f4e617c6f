// SPDX-License-Identifier: EUPL-1.2
//! The plainest ZIP that spreadsheets read: entries stored as they are (APPNOTE 6.3, 4.3). The server compresses what
//! it sends anyway, so that no crate is needed for this.

const POLYNOMIAL: u32 = 0xedb8_8320;
/// 1 January 1980, the first day of the format: the same table is always the same file.
const DATE: u16 = 33;
/// Names are UTF-8.
const UTF8: u16 = 1 << 11;

fn crc(bytes: &[u8]) -> u32 {
    let step = |crc: u32, byte: &u8| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { crc >> 1 ^ POLYNOMIAL } else { crc >> 1 })
    };
    !bytes.iter().fold(u32::MAX, step)
}

/// A length as the format holds it; a table of four gigabytes is no table.
fn length(bytes: usize) -> u32 {
    u32::try_from(bytes).unwrap_or(u32::MAX)
}

fn short(number: usize) -> u16 {
    u16::try_from(number).unwrap_or(u16::MAX)
}

/// What stands before an entry and again in the directory.
fn common(name: &str, bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    for word in [10, UTF8, 0, 0, DATE] {
        out.extend(word.to_le_bytes());
    }
    for word in [crc(bytes), length(bytes.len()), length(bytes.len())] {
        out.extend(word.to_le_bytes());
    }
    out.extend(short(name.len()).to_le_bytes());
    out.extend(0_u16.to_le_bytes());
    out
}

/// An archive of these files.
#[must_use]
pub fn stored(files: &[(&str, &[u8])]) -> Vec<u8> {
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    for (name, bytes) in files {
        let (at, head) = (length(out.len()), common(name, bytes));
        out.extend(b"PK\x03\x04");
        out.extend(&head);
        out.extend(name.as_bytes());
        out.extend(*bytes);
        directory.extend(b"PK\x01\x02\x14\x00");
        directory.extend(&head);
        // No comment, first disk, plain attributes.
        directory.extend([0_u8; 10]);
        directory.extend(at.to_le_bytes());
        directory.extend(name.as_bytes());
    }
    let at = length(out.len());
    let count = short(files.len());
    out.extend(&directory);
    out.extend(b"PK\x05\x06\x00\x00\x00\x00");
    out.extend([count.to_le_bytes(), count.to_le_bytes()].concat());
    out.extend(length(directory.len()).to_le_bytes());
    out.extend(at.to_le_bytes());
    out.extend(0_u16.to_le_bytes());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_sum_is_the_known_one() {
        assert_eq!(crc(b"123456789"), 0xcbf4_3926);
    }

    #[test]
    fn an_archive_ends_with_its_directory() {
        let out = stored(&[("a.txt", b"abc"), ("b.txt", b"")]);
        assert_eq!(out.windows(2).filter(|two| two == b"PK").count(), 5);
        assert_eq!(&out[out.len() - 22..][..4], b"PK\x05\x06");
    }
}
