//! The text of the two applications: templates, in which `%` stands for the number of a slice.

/// How an application is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    /// With `#[orion::slice]` and `orion::main!`.
    Macros,
    /// Against the builder.
    ByHand,
}

/// The slice with this number.
pub(crate) fn slice(style: Style, number: usize) -> String {
    let template = match style {
        Style::Macros => include_str!("source/macros.rs.txt"),
        Style::ByHand => include_str!("source/by_hand.rs.txt"),
    };
    template.replace('%', &number.to_string())
}

/// `main.rs`.
pub(crate) fn application(style: Style, slices: usize) -> String {
    let modules = (0..slices).fold(String::new(), |all, at| all + &format!("mod s{at};\n"));
    let main = match style {
        Style::Macros => {
            let list: Vec<String> = (0..slices).map(|at| format!("s{at}::slice")).collect();
            format!("orion::main! {{ slices: [{}] }}\n", list.join(", "))
        }
        Style::ByHand => {
            let list = (0..slices).fold(String::new(), |all, at| all + &format!(".slice(&s{at}::SLICE)"));
            format!(
                "fn app() -> orion::App {{\n    orion::App::new(\"by-hand\"){list}\n}}\n\nfn main() -> std::process::ExitCode {{\n    app().main()\n}}\n"
            )
        }
    };
    format!("{modules}\n{main}")
}
