package roster

import (
	"iter"

	"hudang/internal/platform/sheet"
)

// Filled are the rows of a sheet as a person sees them: below the first row of a merged block stands what the block says.
func Filled(s *sheet.Sheet) iter.Seq2[sheet.Row, error] {
	return func(yield func(sheet.Row, error) bool) {
		blocks, err := mergedRows(s)
		if err != nil {
			yield(sheet.Row{}, err)
			return
		}
		b := blockTexts{blocks: blocks}
		for row, err := range s.Rows() {
			if err == nil {
				b.fill(row)
			}
			if !yield(row, err) {
				return
			}
		}
	}
}

// blockTexts goes over the rows of a sheet and knows what the blocks say that reach over them.
type blockTexts struct {
	blocks []sheet.Range // of several rows, by their first; those passed are gone
	over   map[int]blockText
}

// blockText is a block over the present row, and what it says.
type blockText struct {
	sheet.Range
	text string
}

// at moves on to a row.
func (b *blockTexts) at(row sheet.Row) {
	for len(b.blocks) > 0 && b.blocks[0].Top <= row.Number {
		m := b.blocks[0]
		b.blocks = b.blocks[1:]
		if b.over == nil {
			b.over = map[int]blockText{}
		}
		if m.Top == row.Number {
			b.over[m.Left] = blockText{m, textAt(row.Cells, m.Left)}
		}
	}
}

// under is what the block over a cell says, below its first row; "" where there is none.
func (b *blockTexts) under(row, column int) string {
	if m, ok := b.over[column]; ok && m.Top < row && row <= m.Bottom {
		return m.text
	}
	return ""
}

func (b *blockTexts) fill(row sheet.Row) {
	b.at(row)
	for column := range b.over {
		if column > len(row.Cells) {
			continue
		}
		if c := &row.Cells[column-1]; c.Merged && textAt(row.Cells, column) == "" {
			if text := b.under(row.Number, column); text != "" {
				c.Kind, c.Text = sheet.Text, text
			}
		}
	}
}
