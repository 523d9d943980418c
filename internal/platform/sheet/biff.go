package sheet

import (
	"encoding/binary"
	"errors"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// The records read, by their numbers in [MS-XLS] §2.3.
const (
	recFormula     = 0x0006
	recEOF         = 0x000A
	recHeader      = 0x0014
	recFooter      = 0x0015
	recNote        = 0x001C
	recDateMode    = 0x0022
	recFilePass    = 0x002F
	recContinue    = 0x003C
	recCodePage    = 0x0042
	recObj         = 0x005D
	recColInfo     = 0x007D
	recBoundSheet  = 0x0085
	recMulRK       = 0x00BD
	recRString     = 0x00D6
	recXF          = 0x00E0
	recMergedCells = 0x00E5
	recSST         = 0x00FC
	recLabelSST    = 0x00FD
	recTxO         = 0x01B6
	recNumber      = 0x0203
	recLabel       = 0x0204
	recBoolErr     = 0x0205
	recString      = 0x0207
	recRow         = 0x0208
	recRK          = 0x027E
	recFormat      = 0x041E
	recBOF         = 0x0809
)

var errBIFF = errors.New("xls: damaged record")

// biffRecords walks the records of a workbook stream.
type biffRecords struct {
	stream []byte
	pos    int
	id     int
	data   []byte
}

// next goes to the next record; false at the end of the stream.
func (b *biffRecords) next() (bool, error) {
	if b.pos == len(b.stream) {
		return false, nil
	}
	if b.pos+4 > len(b.stream) {
		return false, errBIFF
	}
	b.id = int(binary.LittleEndian.Uint16(b.stream[b.pos:]))
	end := b.pos + 4 + int(binary.LittleEndian.Uint16(b.stream[b.pos+2:]))
	if end > len(b.stream) {
		return false, errBIFF
	}
	b.data = b.stream[b.pos+4 : end]
	b.pos = end
	return true, nil
}

// parts is the present record's data and that of the CONTINUE records behind it, which are consumed.
func (b *biffRecords) parts() [][]byte {
	all := [][]byte{b.data}
	for b.pos+4 <= len(b.stream) && binary.LittleEndian.Uint16(b.stream[b.pos:]) == recContinue {
		end := b.pos + 4 + int(binary.LittleEndian.Uint16(b.stream[b.pos+2:]))
		if end > len(b.stream) {
			break
		}
		all = append(all, b.stream[b.pos+4:end])
		b.pos = end
	}
	return all
}

// biffText reads texts from the data of records. A text may be cut by the end of a record at any character; the
// next one then starts with a flag byte that says anew whether characters have one byte or two.
type biffText struct {
	parts [][]byte
	at    []byte
	buf   []byte
}

func newBiffText(parts ...[]byte) *biffText { return &biffText{parts: parts[1:], at: parts[0]} }

// fill goes to the next part when the present one is used up; false at the end.
func (t *biffText) fill() bool {
	for len(t.at) == 0 {
		if len(t.parts) == 0 {
			return false
		}
		t.at, t.parts = t.parts[0], t.parts[1:]
	}
	return true
}

func (t *biffText) take(n int) ([]byte, error) {
	if !t.fill() || len(t.at) < n {
		return nil, errBIFF
	}
	b := t.at[:n]
	t.at = t.at[n:]
	return b, nil
}

func (t *biffText) u16() (int, error) {
	b, err := t.take(2)
	if err != nil {
		return 0, err
	}
	return int(binary.LittleEndian.Uint16(b)), nil
}

func (t *biffText) skip(n int) error {
	for n > 0 {
		if !t.fill() {
			return errBIFF
		}
		step := min(n, len(t.at))
		t.at, n = t.at[step:], n-step
	}
	return nil
}

// unicode reads a BIFF8 text of count characters, starting at its flag byte. The result is valid until the next call.
func (t *biffText) unicode(count int) ([]byte, error) {
	flags, err := t.take(1)
	if err != nil {
		return nil, err
	}
	wide := flags[0]&1 != 0
	runs, ext := 0, 0
	if flags[0]&8 != 0 {
		if runs, err = t.u16(); err != nil {
			return nil, err
		}
	}
	if flags[0]&4 != 0 {
		b, err := t.take(4)
		if err != nil {
			return nil, err
		}
		ext = int(binary.LittleEndian.Uint32(b) & 0x7FFFFFFF)
	}
	t.buf = t.buf[:0]
	high := rune(0)
	for count > 0 {
		if len(t.at) == 0 {
			if !t.fill() {
				return nil, errBIFF
			}
			wide = t.at[0]&1 != 0
			t.at = t.at[1:]
			continue
		}
		unit := rune(t.at[0])
		if wide {
			if len(t.at) < 2 {
				return nil, errBIFF
			}
			unit |= rune(t.at[1]) << 8
			t.at = t.at[1:]
		}
		t.at = t.at[1:]
		high = t.appendUnit(unit, high)
		count--
	}
	if high != 0 {
		t.buf = utf8.AppendRune(t.buf, utf8.RuneError)
	}
	return t.buf, t.skip(runs*4 + ext)
}

// appendUnit adds a UTF-16 unit; high is the waiting first half of a pair.
func (t *biffText) appendUnit(unit, high rune) rune {
	if high != 0 {
		if r := utf16.DecodeRune(high, unit); r != utf8.RuneError {
			t.buf = utf8.AppendRune(t.buf, r)
			return 0
		}
		t.buf = utf8.AppendRune(t.buf, utf8.RuneError)
	}
	if unit >= 0xD800 && unit < 0xDC00 {
		return unit
	}
	t.buf = utf8.AppendRune(t.buf, unit) // a lone second half becomes U+FFFD
	return 0
}

// bytes reads a BIFF5 text of count bytes in the workbook's code page.
func (t *biffText) bytes(count int, page encoding.Encoding) ([]byte, error) {
	b, err := t.take(count)
	if err != nil || count == 0 {
		return nil, err
	}
	return page.NewDecoder().Bytes(b)
}

// codePage is the encoding of BIFF5 texts. Files without a word on it come from Chinese Windows.
func codePage(n int) encoding.Encoding {
	switch n {
	case 950:
		return traditionalchinese.Big5
	case 1252, 32769:
		return charmap.Windows1252
	}
	return simplifiedchinese.GB18030
}
