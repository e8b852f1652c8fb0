//! The only thing that repeats a request.
