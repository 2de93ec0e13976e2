#[orion::slice]
mod news {}

#[orion::slice]
mod shelf {}

orion::main! { slices: [news shelf] }
