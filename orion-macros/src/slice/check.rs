//! Judges a slice: its name, then its history, then each declaration against what the history leaves behind.

mod calls;
mod imports;
mod markup;
mod names;
mod plain;
mod routes;

use syn::LitStr;
use syn::ext::IdentExt;

use super::model::{Module, Slice, SliceItem, Written, WrittenItem};
use crate::access::Roles;
use crate::errors::Errors;
use crate::reach::Reaches;
use crate::row::Rows;
use crate::schema::Schema;
use crate::signals::Drafts;
use crate::{command, folder, keyed, migration, page, query, region, topic, uses};

/// The slice that was meant; what is wrong in it is left out.
pub(crate) fn check(cx: &mut Errors, written: Written) -> Slice {
    let Written { name, folder, uses, keyed, module, called, history, items } = written;
    let name = name_of(cx, name.as_ref(), &module);
    let (mut schema, mut rows, mut drafts) = (Schema::new(&name), Rows::default(), Drafts::default());
    // The whole history and every row first: a query may stand above what it needs.
    let history: Vec<_> =
        history.into_iter().map(|written| migration::check(cx, written, &mut schema)).collect();
    let unimported = imports::are_missing(cx, &called, &name, &items);
    let before = cx.count();
    let files = folder.as_ref().map_or_else(Vec::new, |folder| files(cx, folder, &history, &mut schema));
    schema.hint(cx);
    let uses = uses::check(cx, uses.as_ref(), &schema);
    let keyed = keyed::check(cx, keyed.as_ref(), &mut schema);
    // Once the files are right.
    if let Some(folder) = &folder
        && cx.count() == before
    {
        folder::watch(cx, folder);
    }
    let mut roles = Roles::new(&name);
    for item in &items {
        if let WrittenItem::Plain(item) = item {
            rows.collect(item);
            drafts.collect(item);
            roles.collect(item);
        }
    }
    let mut items: Vec<SliceItem> = names::own(cx, items)
        .into_iter()
        .map(|item| declared(cx, item, &schema, &mut rows, (&drafts, &roles)))
        .collect();
    let queries: Vec<_> = items.iter().filter_map(SliceItem::query).collect();
    keyed::needed(cx, &keyed, &queries);
    routes::check(cx, &items);
    calls::check(cx, &mut items);
    let reaches = Reaches::of(&items);
    markup::check(cx, &items, &reaches);
    let beginnings = routes::beginnings(&items);
    let (tables, keys) = (schema.tables(), schema.keys());
    Slice {
        name,
        module,
        called,
        unimported,
        history,
        files,
        tables,
        keys,
        keyed,
        uses,
        beginnings,
        items,
        reaches,
    }
}

/// The history in a folder: instead of that in the module.
fn files(
    cx: &mut Errors,
    folder: &LitStr,
    history: &[migration::Migration],
    schema: &mut Schema,
) -> Vec<folder::File> {
    if !history.is_empty() {
        cx.at(folder, "the migrations of a slice are in a folder or in the module, not in both")
            .help("put those of the module into files of the folder, each with its number, or leave `migrations` out");
        schema.lacks_one();
        return Vec::new();
    }
    let Some(files) = folder::read(cx, folder) else {
        schema.lacks_one();
        return Vec::new();
    };
    for file in &files {
        schema.apply(cx, file.script(folder));
    }
    files
}

fn declared(
    cx: &mut Errors,
    item: WrittenItem,
    schema: &Schema,
    rows: &mut Rows,
    (drafts, roles): (&Drafts, &Roles),
) -> SliceItem {
    match item {
        WrittenItem::Plain(item) => SliceItem::Plain(plain::check(cx, item)),
        WrittenItem::Query(written) => SliceItem::Query(query::check(cx, written, schema, rows)),
        WrittenItem::Region(written) => SliceItem::Region(region::check(cx, written)),
        WrittenItem::Command(written) => SliceItem::Command(command::check(cx, written, drafts, roles)),
        WrittenItem::Page(written) => SliceItem::Page(page::check(cx, written, roles)),
        WrittenItem::Topic(written) => SliceItem::Topic(topic::check(cx, written)),
    }
}

/// The name of the option, or else of the module.
fn name_of(cx: &mut Errors, option: Option<&LitStr>, module: &Module) -> String {
    let Some(option) = option else {
        let name = module.ident.unraw().to_string();
        if name == "slice" {
            cx.at(&module.ident, "a slice in a module called `slice` must say its name")
                .help("write `#[orion::slice(name = \"board\")]`");
        }
        return name;
    };
    let name = option.value();
    let mut letters = name.chars();
    let sound = letters.next().is_some_and(|first| first.is_ascii_lowercase())
        && letters.all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_');
    if !sound {
        cx.at(option, "the name of a slice must be lower-case letters, digits and `_`, with a letter first")
            .help("it names the slice in the migration ledger, in element ids and in topics");
    }
    name
}
