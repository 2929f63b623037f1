#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| extract_core::fuzzing::layout(data));
