//! What marked content says about artefacts (PDF 2.0, 14.8.2.2.2).

use super::lexer::{self, Token};
use crate::structure::ArtefactRole;
use pdf_objects::{Dict, Name};

/// The role that the operands of `/Artifact … BDC` name, inline or among the `properties` of the resources.
pub(super) fn role(operands: &[Token<'_>], properties: &Dict<'_>) -> Option<ArtefactRole> {
    if let [_, Token::Name(name)] = operands {
        return by_subtype(&properties.get::<Dict<'_>>(lexer::name_bytes(name))?.get::<Name<'_>>("Subtype")?);
    }
    let at = operands.iter().position(|token| *token == Token::Name(b"Subtype"))?;
    match operands.get(at + 1)? {
        Token::Name(subtype) => by_subtype(subtype),
        _ => None,
    }
}

fn by_subtype(subtype: &[u8]) -> Option<ArtefactRole> {
    match subtype {
        b"Header" => Some(ArtefactRole::Head),
        b"Footer" => Some(ArtefactRole::Foot),
        b"PageNum" => Some(ArtefactRole::PageNumber),
        b"Watermark" | b"Bates" | b"LineNum" | b"Redaction" => Some(ArtefactRole::Other),
        _ => None,
    }
}
