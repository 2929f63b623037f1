use core::fmt;

/// Why there is no model. The names are part of the public contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ModelErrorCode {
    /// The bytes are not a model of this version, are cut, or contradict themselves.
    ModelInvalid,
    /// The rows cannot be learned from: too few, of one class only, or with labels that are none.
    LabelsInvalid,
    /// More rows, classes or text than a training takes.
    TrainingLimit,
    /// The caller's interrupt was up.
    Cancelled,
    /// A defect of the classifier, caught.
    NativePanic,
}

impl ModelErrorCode {
    /// The name used on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ModelInvalid => "MODEL_INVALID",
            Self::LabelsInvalid => "LABELS_INVALID",
            Self::TrainingLimit => "TRAINING_LIMIT",
            Self::Cancelled => "CANCELLED",
            Self::NativePanic => "NATIVE_PANIC",
        }
    }
}

/// A model that cannot be had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModelError {
    /// The cause, closed and stable.
    pub code: ModelErrorCode,
    /// What happened and what to do next, for a person.
    pub message: String,
}

impl ModelError {
    pub(crate) fn new(code: ModelErrorCode, message: impl Into<String>) -> Self {
        Self { code, message: message.into() }
    }
}

impl fmt::Display for ModelError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code.as_str(), self.message)
    }
}

impl core::error::Error for ModelError {}
