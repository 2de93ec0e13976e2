//! Deployments: the process is replaced while people write and look. Nobody is refused, nothing that was answered is lost, no screen
//! stays stale.

mod certificates;
mod screens;
mod sockets;
mod units;
