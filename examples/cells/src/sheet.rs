//! The sheet: how a million cells are cut into blocks, and which blocks a window shows. Knows neither tables nor markup.

/// The cells of a side of the sheet.
pub(crate) const SIDE: i64 = 1000;

/// A block: large enough that a window is a handful of them, small enough that little is rendered for one click.
pub(crate) const COLUMNS: i64 = 20;
pub(crate) const ROWS: i64 = 10;

/// The blocks of the sheet.
const ACROSS: i64 = SIDE / COLUMNS;
const DOWN: i64 = SIDE / ROWS;

/// The blocks of a window: 40 cells by 30.
const WIDE: i64 = 2;
const HIGH: i64 = 3;

/// Whether there is such a block, and such a cell in it.
pub(crate) fn holds(block: i64, cell: i64) -> bool {
    (0..ACROSS * DOWN).contains(&block) && (0..COLUMNS * ROWS).contains(&cell)
}

/// The column and the row of a block's first cell.
pub(crate) fn corner(block: i64) -> (i64, i64) {
    (block % ACROSS * COLUMNS, block / ACROSS * ROWS)
}

/// What a browser shows: its place is that of its first block, counted in blocks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Window {
    pub(crate) column: i64,
    pub(crate) row: i64,
}

impl Window {
    /// The window with this cell somewhere in it, near its middle where the sheet goes on.
    pub(crate) fn around(column: i64, row: i64) -> Self {
        Self { column: column / COLUMNS, row: row / ROWS }.moved(0, -HIGH / 2)
    }

    /// The window that is so many blocks further, or as far as the sheet goes.
    pub(crate) fn moved(self, right: i64, down: i64) -> Self {
        Self {
            column: (self.column + right).clamp(0, ACROSS - WIDE),
            row: (self.row + down).clamp(0, DOWN - HIGH),
        }
    }

    pub(crate) fn is_on_the_sheet(self) -> bool {
        (0..=ACROSS - WIDE).contains(&self.column) && (0..=DOWN - HIGH).contains(&self.row)
    }

    /// Its blocks, row by row.
    pub(crate) fn blocks(self) -> impl Iterator<Item = i64> {
        (0..HIGH).flat_map(move |down| {
            (0..WIDE).map(move |right| (self.row + down) * ACROSS + self.column + right)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_windows_cover_the_sheet_and_nothing_else() {
        let mut blocks: Vec<i64> = (0..ACROSS)
            .flat_map(|column| (0..DOWN).map(move |row| Window { column, row }))
            .filter(|window| window.is_on_the_sheet())
            .flat_map(Window::blocks)
            .collect();
        blocks.sort_unstable();
        blocks.dedup();
        assert!(blocks.into_iter().eq(0..ACROSS * DOWN));
    }

    #[test]
    fn a_window_ends_where_the_sheet_does() {
        let corner = Window { column: 0, row: 0 };
        assert_eq!(corner.moved(-1, -1), corner);
        let last = corner.moved(1000, 1000);
        assert_eq!(last, Window { column: 48, row: 97 });
        assert!(last.is_on_the_sheet());
        assert!(!Window { column: 49, row: 97 }.is_on_the_sheet());
        assert!(!Window { column: 48, row: 98 }.is_on_the_sheet());
        assert!(!Window { column: -1, row: 0 }.is_on_the_sheet());
    }

    #[test]
    fn a_place_is_in_the_window_around_it() {
        for (column, row) in [(0, 0), (999, 999), (19, 10), (20, 9), (500, 777)] {
            let shown = Window::around(column, row).blocks().map(corner).any(|(left, top)| {
                (left..left + COLUMNS).contains(&column) && (top..top + ROWS).contains(&row)
            });
            assert!(shown, "{column}, {row}");
        }
    }
}
