//! Jobs: which backyards run them, how they live, how the platform lists them.

pub(crate) mod backyard;
pub(crate) mod course;
pub(crate) mod places;
pub(crate) mod render;
pub(crate) mod yard;

#[cfg(test)]
mod tests;
