package sheet

import (
	"math"
	"strings"
	"testing"
)

// rkOf packs a number as Excel does: 30 bits of a whole number or of a float's head, perhaps times a hundred.
func rkInt(n int32, cents bool) uint32 {
	v := uint32(n)<<2 | 2
	if cents {
		v |= 1
	}
	return v
}

func rkFloat(f float64) uint32 { return uint32(math.Float64bits(f)>>32) &^ 3 }

func formula(row, col int, result []byte) []byte {
	return rec(recFormula, row, col, 0, result, 0, uint32(0), 3, "\x1E\x01\x00")
}

func TestXLS_Cells(t *testing.T) {
	t.Parallel()
	styles := bytesOf(format8(176, `yyyy"年"m"月"d"日"`), format8(177, "000000"), xfs(0, 14, 176, 177, 20))
	recs := bytesOf(
		rec(0x0200, uint32(0), uint32(9), 0, 5, 0), // DIMENSIONS
		rec(recRow, 1, 0, 5, 255, 0, 0, uint32(0x20)),
		labelSST(0, 0, 0, 0), rec(recLabel, 0, 1, 0, text16("就地")), rec(recRString, 0, 2, 0, text16("带格式"), 1, 0, 0),
		rec(recLabel, 0, 3, 0, 4, narrow("caf\u00e9")), rec(recBlankForTest, 0, 4, 0),
		number(1, 0, 0, 13800138000), rec(recRK, 1, 1, 0, rkInt(9865, true)), rec(recRK, 1, 2, 0, rkInt(-7, false)), rec(recRK, 1, 3, 0, rkFloat(0.5)), number(1, 4, 0, 440103199001011000),
		rec(recMulRK, 2, 1, 0, rkInt(1, false), 3, rkInt(123, false), 1, rkInt(43634, false), 3),
		rec(recMulBlankForTest, 2, 4, 0, 0, 0, 6),
		rec(recBoolErr, 3, 0, 0, byte(1), byte(0)), rec(recBoolErr, 3, 1, 0, byte(0x2A), byte(1)), rec(recBoolErr, 3, 2, 0, byte(0), byte(0)),
		formula(4, 0, bytesOf(math.Float64bits(2.5))),
		formula(4, 1, []byte{0, 0, 0, 0, 0, 0, 0xFF, 0xFF}), rec(0x04BC, make([]byte, 10)), rec(recString, text16("算出的字")),
		formula(4, 2, []byte{1, 0, 1, 0, 0, 0, 0xFF, 0xFF}), formula(4, 3, []byte{2, 0, 0x07, 0, 0, 0, 0xFF, 0xFF}), formula(4, 4, []byte{3, 0, 0, 0, 0, 0, 0xFF, 0xFF}),
		number(6, 0, 1, 43634), number(6, 1, 2, 43634.25), number(6, 2, 4, 0.5), number(5, 0, 0, 5), // out of order
		rec(recMergedCells, 2, 0, 0, 2, 3, 5, 6, 1, 1), rec(recColInfo, 1, 2, 2048, 0, 1, 0),
		rec(recBOF, 0x0600, 0x20, 0, 0), number(0, 0, 0, 99), rec(recEOF), // an embedded chart
	)
	stream := buildBIFF8(bytesOf(styles, sst("房号")),
		xlsTab{name: "图", kind: 2}, xlsTab{name: "一", recs: recs}, xlsTab{name: "hidden", state: 1}, xlsTab{name: "藏", state: 2})
	for name, data := range map[string][]byte{"small stream": xlsFile(stream), "bare": stream, "large stream": xlsFile(append(stream, make([]byte, 5000)...))} {
		book := open(t, data, "a.xls")
		if len(book.Sheets()) != 3 || book.Format != XLS {
			t.Fatalf("%s: sheets %v", name, book.Sheets())
		}
		for i, want := range []bool{false, true, true} {
			if s := book.Sheets()[i]; s.Hidden != want {
				t.Errorf("%s: %q hidden %v", name, s.Name, s.Hidden)
			}
		}
		s := book.Sheets()[0]
		rows := mustAll(t, s)
		expect(t, rows, "1|房号|就地|带格式|^caf\u00e9", "2!|13800138000|98.65|-7|0.5|440103199001011000", "3||1|000123|2019-06-18",
			"4|TRUE|#N/A|FALSE", "5|2.5|算出的字|TRUE|#DIV/0!", "6|5", "7|2019-06-18|^2019-06-18 06:00:00|12:00:00")
		if c := rows[1].Cells[4]; !c.Ruined || rows[1].Cells[0].Ruined {
			t.Errorf("%s: ruined %+v", name, c)
		}
		if c := rows[4].Cells[1]; !c.Formula || c.Kind != Text {
			t.Errorf("%s: formula %+v", name, c)
		}
		if c := rows[6].Cells[1]; c.Kind != Date || !c.Serial || c.Number != 43634.25 || c.Format != `yyyy"年"m"月"d"日"` {
			t.Errorf("%s: date %+v", name, c)
		}
		hidden, err := s.HiddenColumns()
		if err != nil || len(hidden) != 1 || hidden[0] != (Span{2, 3}) {
			t.Errorf("%s: hidden columns %v %v", name, hidden, err)
		}
	}
}

const (
	recBlankForTest    = 0x0201
	recMulBlankForTest = 0x00BE
)

// A text of the table may be cut by a CONTINUE record at any character, and may change its width there.
func TestXLS_SharedTextsAcrossRecords(t *testing.T) {
	t.Parallel()
	rich := bytesOf(4, byte(1|8|4), 2, uint32(6), wide("富文本好")[1:], 0, 1, 2, 3, "ABCDEF")
	plainText := bytesOf(5, narrow("abcde"))
	body := bytesOf(text16("欧阳𠮷先生"), rich, plainText, 0, []byte{0}, text16("完"))
	want := "1|欧阳𠮷先生|富文本好|abcde||完"
	recs := bytesOf(labelSST(0, 0, 0, 0), labelSST(0, 1, 0, 1), labelSST(0, 2, 0, 2), labelSST(0, 3, 0, 3), labelSST(0, 4, 0, 4))
	check := func(name string, table []byte) {
		t.Helper()
		book := open(t, buildBIFF8(table, xlsTab{name: "一", recs: recs}), "a.xls")
		rows := mustAll(t, book.Sheets()[0])
		if got := show(rows); len(got) != 1 || got[0] != want {
			t.Errorf("%s: %q", name, got)
		}
	}
	head := bytesOf(uint32(5), uint32(5))
	check("whole", rec(recSST, head, body))
	// Where characters may be cut: offsets inside the characters of each text, with the width there.
	for at, isWide := range cuts(body) {
		flag := []byte{0}
		if isWide {
			flag[0] = 1
		}
		check("cut at "+plain(float64(at)), bytesOf(rec(recSST, head, body[:at]), rec(recContinue, flag, body[at:])))
	}
	// A wide text goes on narrow: 欧阳 then "ab".
	table := bytesOf(rec(recSST, uint32(1), uint32(1), 4, byte(1), wide("欧阳")[1:]), rec(recContinue, byte(0), "ab"))
	book := open(t, buildBIFF8(table, xlsTab{name: "一", recs: labelSST(0, 0, 0, 0)}), "a.xls")
	expect(t, mustAll(t, book.Sheets()[0]), "1|欧阳ab")
	// And the other way, with an empty record between.
	table = bytesOf(rec(recSST, uint32(1), uint32(1), 4, byte(0), "ab"), rec(recContinue), rec(recContinue, wide("欧阳")))
	book = open(t, buildBIFF8(table, xlsTab{name: "一", recs: labelSST(0, 0, 0, 0)}), "a.xls")
	expect(t, mustAll(t, book.Sheets()[0]), "1|ab欧阳")
	// A formula's long text goes on, too.
	long := strings.Repeat("长", 5000)
	recs = bytesOf(formula(0, 0, []byte{0, 0, 0, 0, 0, 0, 0xFF, 0xFF}), rec(recString, 5000, byte(1), wide(long[:3*4000])[1:]), rec(recContinue, wide(long[3*4000:])))
	book = open(t, buildBIFF8(nil, xlsTab{name: "一", recs: recs}), "a.xls")
	expect(t, mustAll(t, book.Sheets()[0]), "1|"+long)
}

// cuts lists the offsets between two characters of one text in the body above, and whether they are wide. Before the
// first character of a text nothing is cut: there a new record starts with the text's own header.
func cuts(body []byte) map[int]bool {
	out := map[int]bool{}
	at := 0
	for at < len(body) {
		n, flags := int(body[at])|int(body[at+1])<<8, body[at+2]
		at += 3
		tail := 0
		if flags&8 != 0 {
			tail += 4 * (int(body[at]) | int(body[at+1])<<8)
			at += 2
		}
		if flags&4 != 0 {
			tail += int(body[at])
			at += 4
		}
		for i := range n {
			if i > 0 {
				out[at] = flags&1 != 0
			}
			at += 1 + int(flags&1)
		}
		at += tail
	}
	return out
}

func TestXLS_Date1904(t *testing.T) {
	t.Parallel()
	book := open(t, xlsFile(buildBIFF8(bytesOf(rec(recDateMode, 1), xfs(0, 14)), xlsTab{name: "一", recs: number(0, 0, 1, 42172)})), "a.xls")
	c := mustAll(t, book.Sheets()[0])[0].Cells[0]
	if !book.Date1904 || !c.Date1904 || c.Text != "2019-06-18" {
		t.Errorf("%+v", c)
	}
}

func TestXLS_Excel95(t *testing.T) {
	t.Parallel()
	owner := string(gbk("张三"))
	recs := bytesOf(rec(recLabel, 0, 0, 0, len(owner), owner), number(0, 1, 0, 98.65), rec(recRK, 0, 2, 0, rkInt(101, false)))
	data := buildOLE(map[string][]byte{"Book": buildBIFF5(936, string(gbk("名册")), recs)}, "Book")
	book := open(t, data, "old.xls")
	if s := book.Sheets()[0]; s.Name != "名册" {
		t.Errorf("sheet %q", s.Name)
	}
	expect(t, mustAll(t, book.Sheets()[0]), "1|张三|98.65|101")
}
