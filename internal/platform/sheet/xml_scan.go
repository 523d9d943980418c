package sheet

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strconv"
	"unicode/utf8"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// xmlScanner walks the elements of a SpreadsheetML part. It knows just what these parts use, is about ten times as
// fast as encoding/xml, and refuses document type declarations. Its memory is bounded: maxTag, maxDepth, and text
// only up to the limit given to it.
type xmlScanner struct {
	in       *bufio.Reader
	name     []byte // local name of the element just met
	attrs    []byte // its attributes, raw
	text     []byte // text gathered since it was last cleared, when keep is set
	keep     bool
	maxText  int
	overlong bool // text beyond maxText was left out
	stack    []byte
	lens     []int
	tag      []byte
	closing  bool  // the element just met was <empty/>: its end comes next
	at       int64 // bytes read, behind a mark of UTF-8
	began    int64 // where the tag just met starts
}

const (
	maxTag   = 256 << 10
	maxDepth = 100
)

type xmlEvent uint8

const (
	xmlStart xmlEvent = iota
	xmlEnd
	xmlEOF
)

var errDTD = errors.New("xml: document type declaration")

func newXMLScanner(r io.Reader, maxText int) *xmlScanner {
	in := bufio.NewReaderSize(r, 64<<10)
	if head, _ := in.Peek(3); len(head) >= 2 {
		switch {
		case head[0] == 0xFF && head[1] == 0xFE, head[0] == 0xFE && head[1] == 0xFF:
			utf16 := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder()
			in = bufio.NewReaderSize(transform.NewReader(in, utf16), 64<<10)
		case bytes.Equal(head, []byte("\xEF\xBB\xBF")):
			_, _ = in.Discard(3)
		}
	}
	return &xmlScanner{in: in, maxText: maxText}
}

// next goes to the next start or end of an element. Text on the way is added to x.text if x.keep is set.
func (x *xmlScanner) next() (xmlEvent, error) {
	if x.closing {
		x.closing = false
		return xmlEnd, x.pop()
	}
	for {
		if err := x.readText(); err != nil {
			if err == io.EOF && len(x.lens) == 0 {
				return xmlEOF, nil
			}
			return xmlEOF, unexpected(err)
		}
		x.began = x.at - 1
		if err := x.readTag(); err != nil {
			return xmlEOF, err
		}
		switch {
		case len(x.tag) == 0:
			return xmlEOF, errors.New("xml: empty tag")
		case x.tag[0] == '?':
			continue
		case x.tag[0] == '!':
			if err := x.declaration(); err != nil {
				return xmlEOF, err
			}
		case x.tag[0] == '/':
			x.name = localName(bytes.TrimRight(x.tag[1:], " \t\r\n"))
			return xmlEnd, x.pop()
		default:
			return xmlStart, x.push()
		}
	}
}

func unexpected(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}

// slice reads up to a delimiter.
func (x *xmlScanner) slice(delim byte) ([]byte, error) {
	chunk, err := x.in.ReadSlice(delim)
	x.at += int64(len(chunk))
	return chunk, err
}

// readText goes to the next "<" and past it.
func (x *xmlScanner) readText() error {
	for {
		chunk, err := x.slice('<')
		if err == nil {
			chunk = chunk[:len(chunk)-1]
		}
		if x.keep && len(chunk) > 0 {
			x.add(chunk)
		}
		if err != bufio.ErrBufferFull {
			return err
		}
	}
}

func (x *xmlScanner) add(chunk []byte) {
	if len(x.text)+len(chunk) > x.maxText {
		x.overlong = true
		return
	}
	x.text = append(x.text, chunk...)
}

// readTag reads up to the ">" that ends a tag, into x.tag, without it.
func (x *xmlScanner) readTag() error {
	x.tag = x.tag[:0]
	for {
		chunk, err := x.slice('>')
		x.tag = append(x.tag, chunk...)
		if err == bufio.ErrBufferFull || err == nil && !x.tagDone() {
			if len(x.tag) > maxTag {
				return errors.New("xml: tag too long")
			}
			continue
		}
		if err != nil {
			return unexpected(err)
		}
		x.tag = x.tag[:len(x.tag)-1]
		return nil
	}
}

// tagDone reports whether the ">" just read ends the tag and does not stand in a quoted value or a comment.
func (x *xmlScanner) tagDone() bool {
	switch t := x.tag; {
	case bytes.HasPrefix(t, []byte("!--")), bytes.HasPrefix(t, []byte("![CDATA[")), t[0] == '?':
		return true // looked at by declaration; a processing instruction is skipped whatever it says
	case bytes.IndexByte(t, '"') < 0 && bytes.IndexByte(t, '\'') < 0:
		return true
	}
	quote := byte(0)
	for _, c := range x.tag {
		switch {
		case quote == 0 && (c == '"' || c == '\''):
			quote = c
		case c == quote:
			quote = 0
		}
	}
	return quote == 0
}

// declaration passes over a comment, takes in character data, and refuses a DTD.
func (x *xmlScanner) declaration() error {
	var end []byte
	cdata := bytes.HasPrefix(x.tag, []byte("![CDATA["))
	switch {
	case cdata:
		end = []byte("]]")
		x.tag = x.tag[len("![CDATA["):]
	case bytes.HasPrefix(x.tag, []byte("!--")):
		end = []byte("--")
		x.tag = x.tag[len("!--"):]
	default:
		return errDTD
	}
	for !bytes.HasSuffix(x.tag, end) {
		if len(x.tag) > maxTag {
			return errors.New("xml: comment or CDATA too long")
		}
		x.tag = append(x.tag, '>')
		chunk, err := x.slice('>')
		for err == bufio.ErrBufferFull && len(x.tag) <= maxTag {
			x.tag = append(x.tag, chunk...)
			chunk, err = x.slice('>')
		}
		if err != nil {
			return unexpected(err)
		}
		x.tag = append(x.tag, chunk[:len(chunk)-1]...)
	}
	if cdata && x.keep {
		x.add(bytes.ReplaceAll(x.tag[:len(x.tag)-2], []byte("&"), []byte("&amp;")))
	}
	return nil
}

func (x *xmlScanner) push() error {
	t := x.tag
	if t[len(t)-1] == '/' {
		x.closing = true
		t = t[:len(t)-1]
	}
	full, attrs := t, []byte(nil)
	if i := bytes.IndexAny(t, " \t\r\n"); i >= 0 {
		full, attrs = t[:i], t[i:]
	}
	if len(full) == 0 || len(x.lens) >= maxDepth {
		return errors.New("xml: empty name or too deep")
	}
	x.name, x.attrs = localName(full), attrs
	x.stack = append(x.stack, x.name...)
	x.lens = append(x.lens, len(x.name))
	return nil
}

// pop ends the innermost element; its name must fit.
func (x *xmlScanner) pop() error {
	n := len(x.lens)
	if n == 0 {
		return errors.New("xml: end without start")
	}
	from := len(x.stack) - x.lens[n-1]
	if !bytes.Equal(x.stack[from:], x.name) {
		return errors.New("xml: wrong end")
	}
	x.stack, x.lens = x.stack[:from], x.lens[:n-1]
	return nil
}

func localName(full []byte) []byte {
	return full[bytes.IndexByte(full, ':')+1:]
}

// depth is the number of open elements.
func (x *xmlScanner) depth() int { return len(x.lens) }

// attr is the raw value of an attribute of the element just started, by its full name; nil when absent.
func (x *xmlScanner) attr(name string) []byte {
	rest := x.attrs
	for {
		rest = bytes.TrimLeft(rest, " \t\r\n")
		eq := bytes.IndexByte(rest, '=')
		if eq < 0 {
			return nil
		}
		key := bytes.TrimRight(rest[:eq], " \t\r\n")
		rest = bytes.TrimLeft(rest[eq+1:], " \t\r\n")
		if len(rest) == 0 || rest[0] != '"' && rest[0] != '\'' {
			return nil
		}
		end := bytes.IndexByte(rest[1:], rest[0])
		if end < 0 {
			return nil
		}
		if string(key) == name {
			return rest[1 : end+1]
		}
		rest = rest[end+2:]
	}
}

// text of an attribute, with entities resolved.
func (x *xmlScanner) attrText(name string) string {
	v, _ := unescape(nil, x.attr(name))
	return string(v)
}

// flag reads a boolean attribute.
func (x *xmlScanner) flag(name string) bool {
	v := x.attr(name)
	return len(v) == 1 && v[0] == '1' || string(v) == "true"
}

// number reads a whole, non-negative attribute.
func (x *xmlScanner) number(name string) (int, bool) {
	return wholeNumber(x.attr(name))
}

func wholeNumber(v []byte) (int, bool) {
	n := 0
	for _, c := range v {
		if c < '0' || c > '9' || n > 1<<27 {
			return 0, false
		}
		n = n*10 + int(c-'0')
	}
	return n, len(v) > 0
}

// unescape appends raw to dst with its line ends as XML wants them and its entities resolved; false when one is not
// known.
func unescape(dst, raw []byte) ([]byte, bool) {
	if bytes.IndexByte(raw, '\r') >= 0 {
		raw = bytes.ReplaceAll(bytes.ReplaceAll(raw, []byte("\r\n"), []byte("\n")), []byte("\r"), []byte("\n"))
	}
	for {
		amp := bytes.IndexByte(raw, '&')
		if amp < 0 {
			return append(dst, raw...), true
		}
		dst = append(dst, raw[:amp]...)
		raw = raw[amp+1:]
		end := bytes.IndexByte(raw[:min(len(raw), 12)], ';')
		if end < 0 {
			return dst, false
		}
		switch entity := string(raw[:end]); entity {
		case "amp":
			dst = append(dst, '&')
		case "lt":
			dst = append(dst, '<')
		case "gt":
			dst = append(dst, '>')
		case "quot":
			dst = append(dst, '"')
		case "apos":
			dst = append(dst, '\'')
		default:
			r, ok := charRef(entity)
			if !ok {
				return dst, false
			}
			dst = utf8.AppendRune(dst, r)
		}
		raw = raw[end+1:]
	}
}

func charRef(entity string) (rune, bool) {
	if len(entity) < 2 || entity[0] != '#' {
		return 0, false
	}
	base, num := 10, entity[1:]
	if num[0] == 'x' {
		base, num = 16, num[1:]
	}
	n, err := strconv.ParseUint(num, base, 21)
	return rune(n), err == nil
}
