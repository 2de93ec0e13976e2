//! The reconnect matrix: whatever comes between a page of `todos` and its application, what changed meanwhile is on the
//! screen afterwards, by itself; and what happens from then on is shown once.
//!
//! Every case prints how long after the application could be reached again the screen was right.

mod commands;
mod network;
mod references;
mod restarts;
mod scene;
mod tabs;
