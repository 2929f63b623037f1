//! RC4, and AES in cipher block chaining. RC4 is written out here: the crate for it fixes the length of keys by type.

use aes::cipher::{Array, BlockCipherDecrypt, BlockCipherEncrypt, BlockSizeUser, KeyInit};
use aes::{Aes128, Aes256, Block};

const BLOCK: usize = 16;

pub(super) fn rc4(key: &[u8], data: &[u8]) -> Vec<u8> {
    let mut state: [u8; 256] = core::array::from_fn(|i| i as u8);
    let mut j = 0_u8;
    for i in 0..256 {
        let byte = if key.is_empty() { 0 } else { key[i % key.len()] };
        j = j.wrapping_add(state[i]).wrapping_add(byte);
        state.swap(i, usize::from(j));
    }
    let (mut i, mut j) = (0_u8, 0_u8);
    let crypted = data.iter().map(|byte| {
        i = i.wrapping_add(1);
        j = j.wrapping_add(state[usize::from(i)]);
        state.swap(usize::from(i), usize::from(j));
        byte ^ state[usize::from(state[usize::from(i)].wrapping_add(state[usize::from(j)]))]
    });
    crypted.collect()
}

/// Decrypts data that starts with its initialization vector and ends with padding. A last block that is cut off is dropped.
pub(super) fn aes_cbc_with_vector(key: &[u8], data: &[u8]) -> Vec<u8> {
    let Some((vector, data)) = data.split_at_checked(BLOCK) else { return Vec::new() };
    let mut out = aes_cbc(key, vector, data);
    // Padding that makes no sense is data: the writer left it out.
    if let Some(&count) = out.last()
        && (1..=BLOCK).contains(&usize::from(count))
    {
        out.truncate(out.len() - usize::from(count));
    }
    out
}

/// Decrypts whole blocks with a key of 16 or 32 bytes.
pub(super) fn aes_cbc(key: &[u8], vector: &[u8], data: &[u8]) -> Vec<u8> {
    if let Ok(cipher) = Aes256::new_from_slice(key) {
        return decrypt(&cipher, vector, data);
    }
    Aes128::new_from_slice(key).map(|cipher| decrypt(&cipher, vector, data)).unwrap_or_default()
}

fn decrypt<C: BlockCipherDecrypt + BlockSizeUser<BlockSize = <Aes128 as BlockSizeUser>::BlockSize>>(
    cipher: &C,
    vector: &[u8],
    data: &[u8],
) -> Vec<u8> {
    let whole = data.len() / BLOCK * BLOCK;
    let mut out = data[..whole].to_vec();
    let (blocks, _) = Array::slice_as_chunks_mut(&mut out);
    cipher.decrypt_blocks(blocks);
    for (byte, before) in out.iter_mut().zip(vector.iter().chain(data)) {
        *byte ^= before;
    }
    out
}

/// Encrypts whole blocks with a key of 16 bytes.
pub(super) fn encrypt_aes_128_cbc(key: &[u8], vector: &[u8], data: &mut [u8]) {
    let Ok(cipher) = Aes128::new_from_slice(key) else { return };
    let mut before: Block = Block::default();
    before.copy_from_slice(vector);
    for chunk in data.chunks_exact_mut(BLOCK) {
        for (byte, mask) in before.iter_mut().zip(&*chunk) {
            *byte ^= mask;
        }
        cipher.encrypt_block(&mut before);
        chunk.copy_from_slice(&before);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rc4_of_the_literature() {
        assert_eq!(rc4(b"Key", b"Plaintext"), [0xBB, 0xF3, 0x16, 0xE8, 0xD9, 0x40, 0xAF, 0x0A, 0xD3]);
    }

    #[test]
    fn aes_there_and_back() {
        let (key, vector) = ([7; 16], [9; 16]);
        let mut data = b"sixteen bytes, sixteen bytes, 16".to_vec();
        let plain = data.clone();
        encrypt_aes_128_cbc(&key, &vector, &mut data);
        assert_ne!(data, plain);
        assert_eq!(aes_cbc(&key, &vector, &data), plain);
        assert_eq!(aes_cbc(&key, &vector, &data[..31]), plain[..16]);
        assert!(aes_cbc_with_vector(&key, b"short").is_empty());
    }
}
