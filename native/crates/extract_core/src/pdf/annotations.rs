//! Annotations that show text of their own: form fields, free text, stamps (PDF 2.0, 12.5.5).

use super::fonts::numbers;
use super::forms::{self, Form, XObject};
use super::matrix::Matrix;
use super::metadata::text_string;
use super::optional_content::OptionalContent;
use pdf_objects::{Array, Decoder, Dict, Name, Object, PdfString, Stream};
use std::rc::Rc;

/// What an annotation shows.
pub(crate) enum Appearance<'a> {
    /// A form and the matrix that puts it on the page.
    Form { form: Rc<Form<'a>>, placement: Matrix },
    /// The text of a field or note without a form, which readers set into its rectangle themselves (12.7.4.3).
    Value { text: String, rect: [f32; 4] },
}

/// Annotations past this on one page are ignored.
const MAX_ANNOTATIONS: usize = 10_000;

/// Flags: hidden, and not shown on screen.
const HIDDEN: i32 = 1 << 1;
const NO_VIEW: i32 = 1 << 5;

pub(crate) fn appearances<'a>(page: &Dict<'a>, layers: &OptionalContent, decoder: &mut Decoder) -> Vec<Appearance<'a>> {
    let Some(list) = page.get::<Array<'a>>("Annots") else { return Vec::new() };
    let dicts = list.iter::<Object<'a>>().take(MAX_ANNOTATIONS).filter_map(Object::into_dict);
    dicts.filter_map(|annotation| appearance(&annotation, layers, decoder)).collect()
}

fn appearance<'a>(annotation: &Dict<'a>, layers: &OptionalContent, decoder: &mut Decoder) -> Option<Appearance<'a>> {
    // Links, the most common kind by far, and popups show nothing.
    let subtype = annotation.get::<Name<'_>>("Subtype")?;
    if matches!(&*subtype, b"Link" | b"Popup") || layers.hides(annotation, b"OC") {
        return None;
    }
    if annotation.get::<i32>("F").unwrap_or(0) & (HIDDEN | NO_VIEW) != 0 {
        return None;
    }
    let rect = box_of(annotation, "Rect")?;
    if !annotation.contains_key("AP") {
        let text = match &*subtype {
            b"FreeText" => annotation.get::<PdfString<'_>>("Contents")?,
            b"Widget" => field_value(annotation)?,
            _ => return None,
        };
        return Some(Appearance::Value { text: text_string(text.as_bytes()), rect });
    }
    let stream = normal_appearance(annotation)?;
    let XObject::Form(form) = forms::load(&stream, layers, decoder)? else { return None };
    let bounds = box_of(stream.dict(), "BBox")?;
    let placement = place(form.matrix.transformed_box(bounds), rect)?;
    Some(Appearance::Form { form, placement })
}

/// Fields inherit from their parents; deeper than this is a cycle.
const MAX_PARENTS: usize = 16;

/// The flag of fields whose value nobody may read on the screen.
const PASSWORD: i32 = 1 << 13;

/// The value of a text or choice field.
fn field_value<'a>(widget: &Dict<'a>) -> Option<PdfString<'a>> {
    let mut chain = vec![widget.clone()];
    while chain.len() < MAX_PARENTS
        && let Some(parent) = chain.last().and_then(|dict| dict.get::<Dict<'a>>("Parent"))
    {
        chain.push(parent);
    }
    let flags = chain.iter().find_map(|dict| dict.get::<i32>("Ff")).unwrap_or(0);
    let kind = chain.iter().find_map(|dict| dict.get::<Name<'_>>("FT"))?;
    if !matches!(&*kind, b"Tx" | b"Ch") || flags & PASSWORD != 0 {
        return None;
    }
    chain.iter().find_map(|dict| dict.get::<PdfString<'a>>("V"))
}

fn normal_appearance<'a>(annotation: &Dict<'a>) -> Option<Stream<'a>> {
    match annotation.get::<Dict<'a>>("AP")?.get::<Object<'a>>("N")? {
        Object::Stream(stream) => Some(stream),
        Object::Dict(states) => states.get::<Stream<'a>>(annotation.get::<Name<'_>>("AS")?),
        _ => None,
    }
}

fn box_of(dict: &Dict<'_>, key: &str) -> Option<[f32; 4]> {
    match numbers(dict.get::<Object<'_>>(key))[..] {
        [x0, y0, x1, y1] => Some([x0.min(x1), y0.min(y1), x0.max(x1), y0.max(y1)]),
        _ => None,
    }
}

/// The matrix that maps the appearance's box to the annotation's rectangle.
fn place(from: [f32; 4], to: [f32; 4]) -> Option<Matrix> {
    let (width, height) = (from[2] - from[0], from[3] - from[1]);
    if !(width > 0.0 && height > 0.0) {
        return None;
    }
    let (sx, sy) = ((to[2] - to[0]) / width, (to[3] - to[1]) / height);
    Some(Matrix::new([sx, 0.0, 0.0, sy, to[0] - from[0] * sx, to[1] - from[1] * sy]))
}
