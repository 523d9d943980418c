package sheet

import (
	"cmp"
	"slices"
)

// maxMerges is far above any real sheet; more are refused when read.
const maxMerges = 200_000

// cover tells, row by row, which cells lie under a merged block. Its work per row is bounded by the number of
// columns, whatever blocks the file claims: of overlapping blocks (not allowed by the format) the upper one counts.
type cover struct {
	waiting []Range // by first row
	until   []int   // per column: last row of the block now over it
	anchor  []int   // per column: row in which it is a block's top-left cell
}

func newCover(merges []Range, columns int) *cover {
	c := &cover{}
	width := 0
	for _, m := range merges {
		if m.Left <= columns && (m.Bottom > m.Top || m.Right > m.Left) {
			m.Right = min(m.Right, columns)
			width = max(width, m.Right)
			c.waiting = append(c.waiting, m)
		}
	}
	slices.SortStableFunc(c.waiting, func(a, b Range) int { return cmp.Compare(a.Top, b.Top) })
	c.until, c.anchor = make([]int, width), make([]int, width)
	return c
}

func (c *cover) mark(row *Row) {
	if len(c.until) == 0 {
		return
	}
	for len(c.waiting) > 0 && c.waiting[0].Top <= row.Number {
		c.start(c.waiting[0])
		c.waiting = c.waiting[1:]
	}
	for i, last := range c.until {
		if last < row.Number || c.anchor[i] == row.Number {
			continue
		}
		for len(row.Cells) <= i {
			row.Cells = append(row.Cells, Cell{})
		}
		row.Cells[i].Merged = true
	}
}

func (c *cover) start(m Range) {
	for col := m.Left; col <= m.Right; col++ {
		if c.until[col-1] >= m.Top {
			return
		}
	}
	for col := m.Left; col <= m.Right; col++ {
		c.until[col-1], c.anchor[col-1] = m.Bottom, 0
	}
	c.anchor[m.Left-1] = m.Top
}
