//! Node-API binding: plain data in, plain data out. No document error is thrown, and a panic of the core becomes one.

#![deny(missing_docs)]

mod borrowed;
pub mod classify;
mod raw;

use extract_core::{ENGINE_VERSION, ErrorCode, ExtractError};
use napi::bindgen_prelude::{AsyncTask, Uint8Array};
use napi::{Env, Task};
use napi_derive::napi;
use raw::{RawOptions, RawResult};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Arena allocation and large pages suit the many short-lived buffers of an extraction.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Version of the engine, see the core.
#[napi]
pub fn engine_version() -> &'static str {
    ENGINE_VERSION
}

/// Reads a document on the calling thread.
#[napi]
pub fn extract(bytes: &[u8], options: RawOptions) -> RawResult {
    // The caller is blocked until this returns, so the bytes outlive the document that borrows them.
    borrowed::with_borrowed(bytes, |bytes| run(bytes, &options))
}

/// Reads a document on a thread of the pool.
#[napi(ts_return_type = "Promise<RawResult>")]
pub fn extract_async(bytes: Uint8Array, options: RawOptions) -> AsyncTask<Extraction> {
    // A copy, since scripts may change or detach the buffer while the pool works.
    AsyncTask::new(Extraction { bytes: Some(bytes.to_vec()), options })
}

/// An extraction waiting for its thread.
pub struct Extraction {
    bytes: Option<Vec<u8>>,
    options: RawOptions,
}

impl Task for Extraction {
    type Output = RawResult;
    type JsValue = RawResult;

    fn compute(&mut self) -> napi::Result<Self::Output> {
        Ok(run(self.bytes.take().unwrap_or_default(), &self.options))
    }

    fn resolve(&mut self, _: Env, output: Self::Output) -> napi::Result<Self::JsValue> {
        Ok(output)
    }
}

/// Node-API aborts the process on a panic, so none may pass this point.
fn run<T>(bytes: T, options: &RawOptions) -> RawResult
where
    T: AsRef<[u8]> + Send + Sync + 'static,
{
    let outcome =
        catch_unwind(AssertUnwindSafe(|| RawResult::new(extract_core::extract(bytes, &options.into()), options)));
    outcome.unwrap_or_else(|payload| {
        let what = payload.downcast_ref::<String>().map(String::as_str).or(payload.downcast_ref::<&str>().copied());
        let error = ExtractError {
            code: ErrorCode::NativePanic,
            message: format!("a defect of the extractor: {}", what.unwrap_or("no message")),
            page: None,
        };
        RawResult::new(Err(error), options)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Bytes whose reading is a defect.
    struct Defect;

    impl AsRef<[u8]> for Defect {
        fn as_ref(&self) -> &[u8] {
            panic!("made to fail")
        }
    }

    #[test]
    fn a_panic_of_the_core_becomes_an_error() {
        let options = RawOptions::default();
        let error = run(Defect, &options).error;
        let (code, message) = error.map(|e| (e.code, e.message)).unwrap_or_default();
        assert_eq!(code, "NATIVE_PANIC");
        assert!(message.ends_with("made to fail"), "{message}");
    }

    #[test]
    fn lent_bytes_come_back() {
        let text = b"not a PDF".to_vec();
        let options = RawOptions::default();
        let result = borrowed::with_borrowed(&text, |bytes| run(bytes, &options));
        assert_eq!(result.error.map(|e| e.code).as_deref(), Some("UNSUPPORTED_FORMAT"));
    }
}
