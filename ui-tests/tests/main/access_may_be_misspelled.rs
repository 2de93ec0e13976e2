#[orion::slice]
mod news {}

orion::main! { slices: [news], access: require }
