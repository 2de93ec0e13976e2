//! The SQLite store, driven through its public interface on real files.

mod crash;
mod durability;
mod faults;
mod groups;
mod keys;
mod lifetime;
mod migrations;
mod opening;
mod place;
mod reads;
mod temporary;
mod values;
