//! Keys of revisions 5 and 6 of the standard handler: AES-256 (PDF 32000-2, 7.6.4.3.3 and 7.6.4.4; revision 5 is Adobe's
//! extension level 3, which hashes once).

use super::cipher::{aes_cbc, encrypt_aes_128_cbc};
use super::{Access, Entries};
use sha2::{Digest, Sha256, Sha384, Sha512};

/// Longer passwords are cut.
const MAX_PASSWORD: usize = 127;

/// The file's key, when `password` is the user's or the owner's (algorithm 2.A).
pub(super) fn open(entries: &Entries, password: &[u8]) -> Option<(Vec<u8>, Access)> {
    let password = &password[..password.len().min(MAX_PASSWORD)];
    let user = entries.user.get(..48)?;
    let unlock = |stored: &[u8], wrapped: &[u8], salted: &[u8]| {
        let (hash, salts) = (stored.get(..32)?, stored.get(32..48)?);
        if digest(entries.revision, password, &salts[..8], salted) != hash {
            return None;
        }
        let key = digest(entries.revision, password, &salts[8..], salted);
        Some(aes_cbc(&key, &[0; 16], wrapped.get(..32)?))
    };
    let as_user = unlock(user, &entries.user_key, &[]).map(|key| (key, Access::User));
    as_user.or_else(|| unlock(&entries.owner, &entries.owner_key, user).map(|key| (key, Access::Owner)))
}

/// The hash of a password (algorithm 2.B).
fn digest(revision: i32, password: &[u8], salt: &[u8], user: &[u8]) -> Vec<u8> {
    let mut key = Sha256::digest([password, salt, user].concat()).to_vec();
    if revision < 6 {
        return key;
    }
    let mut round = 0_u32;
    loop {
        let mut data = [password, &key, user].concat().repeat(64);
        encrypt_aes_128_cbc(&key[..16], &key[16..32], &mut data);
        // The first 16 bytes as a number modulo 3: 256 leaves 1, so it is the sum of the bytes.
        key = match data[..16].iter().map(|byte| u32::from(*byte)).sum::<u32>() % 3 {
            0 => Sha256::digest(&data).to_vec(),
            1 => Sha384::digest(&data).to_vec(),
            _ => Sha512::digest(&data).to_vec(),
        };
        round += 1;
        let last = u32::from(data.last().copied().unwrap_or(0));
        if round >= 64 && last <= round - 32 {
            key.truncate(32);
            return key;
        }
    }
}
