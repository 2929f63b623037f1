//! Keys of revisions 2 to 4 of the standard handler: MD5 and RC4 (PDF 32000-2, 7.6.4.3 and 7.6.4.4).

use super::cipher::rc4;
use super::{Access, Entries};
use md5::{Digest, Md5};

const PADDING: [u8; 32] = [
    0x28, 0xBF, 0x4E, 0x5E, 0x4E, 0x75, 0x8A, 0x41, 0x64, 0x00, 0x4E, 0x56, 0xFF, 0xFA, 0x01, 0x08, 0x2E, 0x2E, 0x00,
    0xB6, 0xD0, 0x68, 0x3E, 0x80, 0x2F, 0x0C, 0xA9, 0xFE, 0x64, 0x53, 0x69, 0x7A,
];

/// The file's key, when `password` is the user's or the owner's.
pub(super) fn open(entries: &Entries, password: &[u8]) -> Option<(Vec<u8>, Access)> {
    entries.lengths.iter().find_map(|length| {
        let as_user = file_key(entries, *length, &padded(password)).map(|key| (key, Access::User));
        as_user.or_else(|| {
            let user = user_password(entries, *length, password);
            file_key(entries, *length, &padded(&user)).map(|key| (key, Access::Owner))
        })
    })
}

fn padded(password: &[u8]) -> [u8; 32] {
    let mut out = PADDING;
    let length = password.len().min(32);
    out[..length].copy_from_slice(&password[..length]);
    out[length..].copy_from_slice(&PADDING[..32 - length]);
    out
}

fn hashed(hash: Md5, times: usize, length: usize) -> Vec<u8> {
    let mut key = hash.finalize().to_vec();
    for _ in 0..times {
        key = Md5::digest(&key[..length]).to_vec();
    }
    key.truncate(length);
    key
}

/// The key (algorithm 2), when it gives the entry U (algorithms 4 to 6).
fn file_key(entries: &Entries, length: usize, password: &[u8; 32]) -> Option<Vec<u8>> {
    let length = if entries.revision == 2 { 5 } else { length.min(16) };
    let mut hash = Md5::new();
    hash.update(password);
    hash.update(entries.owner.get(..32).unwrap_or(&entries.owner));
    hash.update(entries.permissions.to_le_bytes());
    hash.update(&entries.id);
    if entries.revision >= 4 && !entries.metadata {
        hash.update([0xFF; 4]);
    }
    let key = hashed(hash, if entries.revision >= 3 { 50 } else { 0 }, length);
    let fits = if entries.revision == 2 {
        rc4(&key, &PADDING)[..16] == entries.user[..16]
    } else {
        let mut hash = Md5::new();
        hash.update(PADDING);
        hash.update(&entries.id);
        let all = (0..20_u8).fold(hash.finalize().to_vec(), |data, round| rc4(&masked(&key, round), &data));
        all[..16] == entries.user[..16]
    };
    fits.then_some(key)
}

fn masked(key: &[u8], mask: u8) -> Vec<u8> {
    key.iter().map(|byte| byte ^ mask).collect()
}

/// The user's password, which the owner's decrypts (algorithm 7).
fn user_password(entries: &Entries, length: usize, owner: &[u8]) -> Vec<u8> {
    let length = if entries.revision == 2 { 5 } else { length.min(16) };
    let mut hash = Md5::new();
    hash.update(padded(owner));
    let key = hashed(hash, if entries.revision >= 3 { 50 } else { 0 }, length);
    let data = entries.owner.get(..32).unwrap_or(&entries.owner).to_vec();
    if entries.revision == 2 {
        return rc4(&key, &data);
    }
    (0..20_u8).rev().fold(data, |data, round| rc4(&masked(&key, round), &data))
}
