package doctext

import (
	"bytes"
	"encoding/hex"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// hiddenRTF are groups of a rich text whose words are none of the text.
var hiddenRTF = []string{"fonttbl", "colortbl", "stylesheet", "info", "pict", "object", "themedata", "datastore", "listtable", "listoverridetable", "rsidtbl", "generator", "xmlnstbl", "header", "footer", "fldinst", "latentstyles"}

var pagesRTF = map[int]encoding.Encoding{936: simplifiedchinese.GBK, 950: traditionalchinese.Big5, 1252: charmap.Windows1252}

// rich reads a rich text.
type rich struct {
	raw    []byte
	at     int
	lines  *lines
	bytes  []byte   // of characters in the code page, to be decoded together
	units  []uint16 // of characters written as numbers
	page   encoding.Encoding
	skip   int // characters after a number that stand for it in old programs
	pass   int
	hidden int // depth at which a hidden group began; 0 for none
	depth  int
}

func readRTF(r io.ReaderAt, size int64) (Text, error) {
	raw, cut, err := whole(r, size)
	if err != nil {
		return Text{}, err
	}
	p := &rich{raw: raw, lines: newLines(), page: simplifiedchinese.GBK, skip: 1}
	for p.at < len(raw) && !p.lines.full() {
		p.step()
	}
	p.flush()
	return Text{Lines: p.lines.done(), Cut: p.lines.cut || cut}, nil
}

func (p *rich) step() {
	c := p.raw[p.at]
	p.at++
	switch c {
	case '{':
		p.depth++
		if bytes.HasPrefix(p.raw[p.at:], []byte(`\*`)) && p.hidden == 0 {
			p.hidden = p.depth
		}
	case '}':
		if p.hidden == p.depth {
			p.hidden = 0
		}
		p.depth = max(p.depth-1, 0)
	case '\\':
		p.control()
	case '\r', '\n':
	default:
		p.char(c)
	}
}

// char is a byte of text.
func (p *rich) char(c byte) {
	switch {
	case p.hidden != 0:
	case p.pass > 0:
		p.pass--
	default:
		p.flushUnits()
		p.bytes = append(p.bytes, c)
	}
}

// control is a word or sign after a backslash.
func (p *rich) control() {
	if p.at >= len(p.raw) {
		return
	}
	c := p.raw[p.at]
	if c == '\'' {
		var b [1]byte
		if p.at+3 <= len(p.raw) {
			if _, err := hex.Decode(b[:], p.raw[p.at+1:p.at+3]); err == nil {
				p.char(b[0])
			}
		}
		p.at += 3
		return
	}
	if c|0x20 < 'a' || c|0x20 > 'z' {
		p.at++
		if strings.IndexByte(`\{}`, c) >= 0 {
			p.char(c)
		} else if c == '~' {
			p.char(' ')
		}
		return
	}
	from := p.at
	for p.at < len(p.raw) && p.raw[p.at]|0x20 >= 'a' && p.raw[p.at]|0x20 <= 'z' && p.at-from < 40 {
		p.at++
	}
	word := string(p.raw[from:p.at])
	from = p.at
	for p.at < len(p.raw) && (p.raw[p.at] >= '0' && p.raw[p.at] <= '9' || p.at == from && p.raw[p.at] == '-') && p.at-from < 12 {
		p.at++
	}
	number, _ := strconv.Atoi(string(p.raw[from:p.at])) // none is nought
	if p.at < len(p.raw) && p.raw[p.at] == ' ' {
		p.at++
	}
	p.word(word, number)
}

func (p *rich) word(word string, number int) {
	switch {
	case word == "bin":
		p.at += min(max(number, 0), len(p.raw)-p.at)
	case p.hidden != 0:
	case slices.Contains(hiddenRTF, word):
		p.hidden = p.depth
	case word == "ansicpg":
		if page := pagesRTF[number]; page != nil {
			p.page = page
		}
	case word == "uc":
		p.skip = min(max(number, 0), 8)
	case word == "u":
		p.flushBytes()
		p.units = append(p.units, uint16(number))
		p.pass = p.skip
	case word == "par", word == "line", word == "row", word == "page", word == "sect":
		p.flush()
		p.lines.end()
	case word == "tab", word == "cell":
		p.flush()
		p.lines.add("\t")
	}
}

func (p *rich) flush() { p.flushBytes(); p.flushUnits() }

func (p *rich) flushBytes() {
	if len(p.bytes) > 0 {
		out, err := p.page.NewDecoder().Bytes(p.bytes)
		if err == nil {
			p.lines.add(string(out))
		}
		p.bytes = nil
	}
}

func (p *rich) flushUnits() {
	if len(p.units) > 0 {
		p.lines.add(string(utf16.Decode(p.units)))
		p.units = nil
	}
}
