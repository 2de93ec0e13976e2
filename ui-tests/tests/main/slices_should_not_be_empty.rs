#![deny(deprecated)]

orion::main! { slices: [] }
