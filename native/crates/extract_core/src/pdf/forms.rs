//! XObjects: forms are decoded once and kept while they are small, images are told apart and left alone.

use super::fonts::numbers;
use super::matrix::Matrix;
use super::optional_content::OptionalContent;
use pdf_objects::{Decoder, Dict, Name, Object, ObjectIdentifier, Resources, Stream, StreamFault};
use rustc_hash::FxHashMap;
use std::rc::Rc;

/// A form XObject, ready to run.
pub(crate) struct Form<'a> {
    pub(crate) content: Vec<u8>,
    pub(crate) matrix: Matrix,
    pub(crate) resources: Option<Resources<'a>>,
}

/// What a name in the XObject resources stands for.
#[derive(Clone)]
pub(crate) enum XObject<'a> {
    Form(Rc<Form<'a>>),
    Image,
    /// On a layer that is off.
    Hidden,
    /// Past one of the limits on decompression.
    TooLarge(StreamFault),
}

/// Content kept for reuse; letterheads and watermarks are small, drawings placed once are not worth it.
const MAX_CACHED_BYTES: usize = 16 << 20;

#[derive(Default)]
pub(crate) struct FormCache<'a> {
    by_object: FxHashMap<ObjectIdentifier, XObject<'a>>,
    bytes: usize,
}

impl<'a> FormCache<'a> {
    pub(crate) fn find(
        &mut self,
        resources: &Dict<'a>,
        name: &[u8],
        layers: &OptionalContent,
        decoder: &mut Decoder,
    ) -> Option<XObject<'a>> {
        let id = resources.get_ref(name);
        if let Some(found) = id.and_then(|id| self.by_object.get(&id)) {
            return Some(found.clone());
        }
        let stream = resources.get::<Stream<'a>>(name)?;
        let object = load(&stream, layers, decoder)?;
        let size = match &object {
            XObject::Form(form) => form.content.len(),
            _ => 0,
        } + 256;
        if let Some(id) = id
            && self.bytes + size <= MAX_CACHED_BYTES
        {
            self.bytes += size;
            self.by_object.insert(id, object.clone());
        }
        Some(object)
    }
}

/// Reads an XObject; `None` when it shows nothing.
pub(crate) fn load<'a>(stream: &Stream<'a>, layers: &OptionalContent, decoder: &mut Decoder) -> Option<XObject<'a>> {
    let dict = stream.dict();
    if layers.hides(dict, b"OC") {
        return Some(XObject::Hidden);
    }
    match dict.get::<Name<'_>>("Subtype").as_deref() {
        Some(b"Image") => return Some(XObject::Image),
        Some(b"PS") => return None,
        _ => {}
    }
    let mut content = Vec::new();
    match decoder.decode(stream, &mut content) {
        Ok(()) => {}
        Err(StreamFault::NotData) => return None,
        Err(fault) => return Some(XObject::TooLarge(fault)),
    }
    let matrix = match numbers(dict.get::<Object<'_>>("Matrix"))[..] {
        [a, b, c, d, e, f] => Matrix::new([a, b, c, d, e, f]),
        _ => Matrix::IDENTITY,
    };
    let resources = dict.get::<Dict<'a>>("Resources").map(Resources::new);
    Some(XObject::Form(Rc::new(Form { content, matrix, resources })))
}
