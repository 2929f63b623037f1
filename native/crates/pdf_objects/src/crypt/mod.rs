//! Decryption by the standard security handler (PDF 32000-2, 7.6).

mod cipher;
mod key_r4;
mod key_r6;

use crate::array::Array;
use crate::dict::Dict;
use crate::name::Name;
use crate::object::{Object, ObjectIdentifier};
use crate::string::PdfString;
use md5::{Digest, Md5};
use std::borrow::Cow;

/// Why a document cannot be decrypted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Locked {
    /// None of the passwords opens it.
    Password,
    /// The method is not known; it is named.
    Method(String),
    /// Entries of the encryption dictionary are missing or too short.
    Damaged,
}

/// Whose password opened an encrypted document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// The user's, which may be empty.
    User,
    /// The owner's.
    Owner,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Method {
    None,
    Rc4,
    /// AES with a key for each object.
    Aes128,
    /// AES with the file's key.
    Aes256,
}

/// An opened encryption.
pub(crate) struct Crypt {
    key: Vec<u8>,
    streams: Method,
    strings: Method,
    /// Crypt filters by name.
    named: Vec<(Vec<u8>, Method)>,
    metadata: bool,
    pub(crate) access: Access,
}

/// The entries of an encryption dictionary.
struct Entries {
    revision: i32,
    /// Lengths of the key in bytes, the likely one first.
    lengths: Vec<usize>,
    owner: Vec<u8>,
    user: Vec<u8>,
    owner_key: Vec<u8>,
    user_key: Vec<u8>,
    permissions: u32,
    metadata: bool,
    /// First half of the file identifier.
    id: Vec<u8>,
}

impl Crypt {
    /// Opens the encryption with the first password that fits, of the user or the owner.
    pub(crate) fn open(dict: &Dict<'_>, id: Option<Array<'_>>, passwords: &[Vec<u8>]) -> Result<Self, Locked> {
        let handler = dict.get::<Name<'_>>("Filter");
        if let Some(handler) = handler.filter(|name| &**name != b"Standard") {
            return Err(Locked::Method(format!("the handler {}", String::from_utf8_lossy(&handler))));
        }
        let version = dict.get::<i32>("V").unwrap_or(0);
        let string = |key: &str| dict.get::<PdfString<'_>>(key).map(|s| s.as_bytes().to_vec()).unwrap_or_default();
        let revision = dict.get::<i32>("R").unwrap_or(match version {
            5 | 6 => 6,
            4 => 4,
            2 => 3,
            _ => 2,
        });
        let (named, streams, strings, stated) = match version {
            0..=2 => (Vec::new(), Method::Rc4, Method::Rc4, None),
            4..=6 => filters(dict, version)?,
            other => return Err(Locked::Method(format!("version {other} of the standard handler"))),
        };
        // Where only attachments are encrypted, no password is needed for the rest.
        if streams == Method::None && strings == Method::None && version >= 4 {
            let metadata = true;
            return Ok(Self { key: Vec::new(), streams, strings, named: Vec::new(), metadata, access: Access::User });
        }
        let entries = Entries {
            revision,
            lengths: key_lengths(version, dict.get::<i32>("Length"), stated),
            owner: string("O"),
            user: string("U"),
            owner_key: string("OE"),
            user_key: string("UE"),
            permissions: dict.get::<i64>("P").unwrap_or(0) as u32,
            metadata: dict.get::<bool>("EncryptMetadata").unwrap_or(true),
            id: id.and_then(|id| id.iter::<PdfString<'_>>().next()).map(|s| s.as_bytes().to_vec()).unwrap_or_default(),
        };
        let open = match revision {
            2..=4 => key_r4::open,
            5 | 6 => key_r6::open,
            other => return Err(Locked::Method(format!("revision {other} of the standard handler"))),
        };
        let shortest = if revision < 5 { 16 } else { 48 };
        if entries.owner.len() < shortest || entries.user.len() < shortest {
            return Err(Locked::Damaged);
        }
        let found = passwords.iter().find_map(|password| open(&entries, password));
        let (mut key, access) = found.ok_or(Locked::Password)?;
        // Keys of object ciphers are made from 16 bytes in version 4, however many were said.
        if version == 4 && key.len() < 16 {
            key.resize(16, 0);
        }
        Ok(Self { key, streams, strings, named, metadata: entries.metadata, access })
    }

    pub(crate) fn decrypt_string(&self, id: ObjectIdentifier, data: &[u8]) -> Vec<u8> {
        self.decrypt(self.strings, id, data)
    }

    pub(crate) fn decrypt_stream<'d>(
        &self,
        id: ObjectIdentifier,
        dict: &Dict<'_>,
        data: Cow<'d, [u8]>,
    ) -> Cow<'d, [u8]> {
        match dict.get::<Name<'_>>("Type").as_deref() {
            Some(b"XRef") => return data,
            Some(b"Metadata") if !self.metadata => return data,
            _ => {}
        }
        match self.stream_method(dict) {
            Method::None => data,
            method => Cow::Owned(self.decrypt(method, id, &data)),
        }
    }

    /// A stream whose first filter is `Crypt` names its own method (7.4.10).
    fn stream_method(&self, dict: &Dict<'_>) -> Method {
        let first = match dict.get::<Object<'_>>("Filter") {
            Some(Object::Name(name)) => Some(name),
            Some(Object::Array(list)) => list.iter::<Object<'_>>().next().and_then(|first| match first {
                Object::Name(name) => Some(name),
                _ => None,
            }),
            _ => None,
        };
        if first.as_deref() != Some(b"Crypt") {
            return self.streams;
        }
        let params = match dict.get::<Object<'_>>("DecodeParms") {
            Some(Object::Dict(params)) => Some(params),
            Some(Object::Array(list)) => list.iter::<Object<'_>>().next().and_then(Object::into_dict),
            _ => None,
        };
        let name = params.and_then(|params| params.get::<Name<'_>>("Name"));
        let found = self.named.iter().find(|(known, _)| Some(known.as_slice()) == name.as_deref());
        found.map_or(Method::None, |(_, method)| *method)
    }

    fn decrypt(&self, method: Method, id: ObjectIdentifier, data: &[u8]) -> Vec<u8> {
        match method {
            Method::None => data.to_vec(),
            Method::Rc4 => cipher::rc4(&self.object_key(id, false), data),
            Method::Aes128 => cipher::aes_cbc_with_vector(&self.object_key(id, true), data),
            Method::Aes256 => cipher::aes_cbc_with_vector(&self.key, data),
        }
    }

    /// The key of an object (algorithm 1).
    fn object_key(&self, id: ObjectIdentifier, aes: bool) -> Vec<u8> {
        let mut hash = Md5::new();
        hash.update(&self.key);
        hash.update(&id.number.to_le_bytes()[..3]);
        hash.update(id.generation.to_le_bytes());
        if aes {
            hash.update(b"sAlT");
        }
        hash.finalize()[..(self.key.len() + 5).min(16)].to_vec()
    }
}

type Filters = (Vec<(Vec<u8>, Method)>, Method, Method, Option<i32>);

/// The crypt filters, those of streams and strings, and the length the one for streams states.
fn filters(dict: &Dict<'_>, version: i32) -> Result<Filters, Locked> {
    let mut named = Vec::new();
    let list = dict.get::<Dict<'_>>("CF");
    for key in list.iter().flat_map(Dict::keys) {
        let Some(filter) = list.as_ref().and_then(|list| list.get::<Dict<'_>>(&*key)) else { continue };
        let method = match filter.get::<Name<'_>>("CFM").as_deref() {
            None | Some(b"None" | b"Identity") => Method::None,
            Some(b"V2") => Method::Rc4,
            Some(b"AESV2") => Method::Aes128,
            Some(b"AESV3") => Method::Aes256,
            Some(other) => return Err(Locked::Method(format!("the method {}", String::from_utf8_lossy(other)))),
        };
        named.push((key.to_vec(), method));
    }
    let usual = if version == 4 { Method::Aes128 } else { Method::Aes256 };
    let find = |key: &str| match dict.get::<Name<'_>>(key) {
        Some(name) if &*name == b"Identity" => Method::None,
        Some(name) => named.iter().find(|(known, _)| **known == *name).map_or(usual, |(_, method)| *method),
        None => Method::None,
    };
    let stated = dict.get::<Name<'_>>("StmF").and_then(|name| list.as_ref()?.get::<Dict<'_>>(&*name)?.get("Length"));
    Ok((named.clone(), find("StmF"), find("StrF"), stated))
}

/// Lengths of the key to try, in bytes. Writers give bits for bytes and the reverse, or the wrong number.
fn key_lengths(version: i32, length: Option<i32>, filter: Option<i32>) -> Vec<usize> {
    let bytes = |length: i32| match length {
        5..=16 => Some(length as usize),
        40..=128 => Some(length as usize / 8),
        _ => None,
    };
    let stated = length.and_then(bytes);
    let likely = match version {
        4 => [Some(16), stated, filter.and_then(bytes), Some(5)],
        2 => [stated, Some(5), Some(16), None],
        _ => [Some(5), stated, Some(16), None],
    };
    let mut lengths = Vec::new();
    for length in likely.into_iter().flatten() {
        if !lengths.contains(&length) {
            lengths.push(length);
        }
    }
    lengths
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_in_bits_and_bytes() {
        assert_eq!(key_lengths(1, None, None), [5, 16]);
        assert_eq!(key_lengths(2, Some(128), None), [16, 5]);
        assert_eq!(key_lengths(2, Some(16), None), [16, 5]);
        assert_eq!(key_lengths(4, Some(256), Some(16)), [16, 5]);
    }
}
