package roster

import (
	"fmt"
	"strconv"
	"strings"

	"hudang/internal/platform/errs"
)

// Cell is a place in the file, as a person counts it. Column 0 is the row as a whole.
type Cell struct {
	Sheet  string
	Row    int
	Column int
}

var errCell = errs.E(errs.Invalid, "roster.error.cell")

// Name is the cell as spreadsheets name it: B12; the row alone where no column is meant.
func (c Cell) Name() string { return letters(c.Column) + strconv.Itoa(c.Row) }

// MarshalText writes the cell as the key of a stored answer: 12:2:Sheet1.
func (c Cell) MarshalText() ([]byte, error) {
	return fmt.Appendf(nil, "%d:%d:%s", c.Row, c.Column, c.Sheet), nil
}

// UnmarshalText reads what MarshalText wrote.
func (c *Cell) UnmarshalText(text []byte) error {
	parts := strings.SplitN(string(text), ":", 3)
	if len(parts) != 3 {
		return errCell
	}
	row, err := strconv.Atoi(parts[0])
	if err != nil || row < 1 {
		return errCell
	}
	column, err := strconv.Atoi(parts[1])
	if err != nil || column < 0 {
		return errCell
	}
	*c = Cell{parts[2], row, column}
	return nil
}

// letters names a column: A, Z, AA.
func letters(column int) string {
	name := ""
	for ; column > 0; column = (column - 1) / 26 {
		name = string(rune('A'+(column-1)%26)) + name
	}
	return name
}
