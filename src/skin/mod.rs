//! What the pixels say about the head: for now, where it ends.

mod silhouette;

pub use silhouette::Silhouette;
