//! Running jobs: one table per complete answer, and the views that the grid, the CSV and the command line share.

pub mod view;
