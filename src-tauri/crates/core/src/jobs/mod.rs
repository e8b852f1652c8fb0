//! Running jobs: one table per complete answer, and the views that the grid, the CSV and the command line share.
//!
//! [`builder`] fills a [`table`] while an answer streams in; [`snapshot`] compares it with the one before and publishes
//! it; [`engine`] sorts, filters and cuts windows out of it.

pub mod builder;
mod changes;
pub mod counts;
pub mod engine;
mod facets;
pub mod filter;
pub mod id;
pub(crate) mod label;
mod order;
pub mod snapshot;
pub mod table;
#[cfg(test)]
mod tests;
pub mod view;
