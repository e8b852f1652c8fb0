//! The wire: what is asked, what is answered, in which of the platform's shapes.

pub(crate) mod admin;
pub(crate) mod answer;
pub(crate) mod api;
pub(crate) mod incoming;
pub(crate) mod organization;
pub(crate) mod server;
mod tls;

#[cfg(test)]
mod tests;
