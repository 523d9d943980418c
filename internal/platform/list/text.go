package list

import "context"

// Text is the cell of a column that is one text of its row.
func Text[T any](of func(T) string) func(context.Context, T) Cell {
	return func(_ context.Context, row T) Cell { return Cell{Text: of(row)} }
}
