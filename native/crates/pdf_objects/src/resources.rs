//! Resource dictionaries (PDF 32000-2, 7.8.3), each part read when it is asked for.

use crate::dict::Dict;
use core::cell::OnceCell;

/// The resources of a page or form that text depends on.
#[derive(Clone)]
pub struct Resources<'a> {
    dict: Dict<'a>,
    fonts: OnceCell<Dict<'a>>,
    ext_g_states: OnceCell<Dict<'a>>,
    properties: OnceCell<Dict<'a>>,
    x_objects: OnceCell<Dict<'a>>,
}

impl<'a> Resources<'a> {
    /// The parts of a resource dictionary.
    pub fn new(dict: Dict<'a>) -> Self {
        Self {
            dict,
            fonts: OnceCell::new(),
            ext_g_states: OnceCell::new(),
            properties: OnceCell::new(),
            x_objects: OnceCell::new(),
        }
    }

    fn part<'s>(&'s self, slot: &'s OnceCell<Dict<'a>>, key: &str) -> &'s Dict<'a> {
        slot.get_or_init(|| self.dict.get(key).unwrap_or_else(Dict::empty))
    }

    /// Fonts by name.
    pub fn fonts(&self) -> &Dict<'a> {
        self.part(&self.fonts, "Font")
    }

    /// Graphics state parameters by name.
    pub fn ext_g_states(&self) -> &Dict<'a> {
        self.part(&self.ext_g_states, "ExtGState")
    }

    /// Property lists of marked content by name.
    pub fn properties(&self) -> &Dict<'a> {
        self.part(&self.properties, "Properties")
    }

    /// External objects by name.
    pub fn x_objects(&self) -> &Dict<'a> {
        self.part(&self.x_objects, "XObject")
    }
}
