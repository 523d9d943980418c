package doctext

import (
	"bytes"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/gogs/chardet"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// decode turns bytes into text: by their mark, as UTF-8 where they are, by the charset they are said to be in, else by what
// they look like; in China that is GB18030 unless they look more like something else.
func decode(raw []byte, said string) string {
	utf16 := func(e unicode.Endianness, skip int) string {
		out, _ := unicode.UTF16(e, unicode.IgnoreBOM).NewDecoder().Bytes(raw[skip:]) // what is odd becomes a mark of doubt
		return string(out)
	}
	switch {
	case bytes.HasPrefix(raw, []byte("\xef\xbb\xbf")):
		return strings.ToValidUTF8(string(raw[3:]), "\ufffd")
	case bytes.HasPrefix(raw, []byte("\xff\xfe")):
		return utf16(unicode.LittleEndian, 2)
	case bytes.HasPrefix(raw, []byte("\xfe\xff")):
		return utf16(unicode.BigEndian, 2)
	case len(raw) > 3 && raw[1] == 0 && raw[3] == 0:
		return utf16(unicode.LittleEndian, 0)
	case len(raw) > 3 && raw[0] == 0 && raw[2] == 0:
		return utf16(unicode.BigEndian, 0)
	case nearlyUTF8(raw):
		return strings.ToValidUTF8(string(raw), "")
	}
	enc := named(said)
	if enc == nil {
		enc = looksLike(raw[:min(len(raw), 32<<10)])
	}
	out, err := enc.NewDecoder().Bytes(raw)
	if err != nil {
		return strings.ToValidUTF8(string(raw), "\ufffd")
	}
	return string(out)
}

// nearlyUTF8 passes over a character cut at the end.
func nearlyUTF8(raw []byte) bool {
	for i := 0; i < utf8.UTFMax && len(raw) > 0; i++ {
		if utf8.Valid(raw) {
			return true
		}
		raw = raw[:len(raw)-1]
	}
	return utf8.Valid(raw)
}

// named is an encoding by its name; the old names of GBK stand for all of it.
func named(charset string) encoding.Encoding {
	switch strings.ToLower(charset) {
	case "", "utf-8", "us-ascii":
		return nil
	case "gb2312", "gbk", "gb18030", "gb_2312-80", "x-gbk", "cp936":
		return simplifiedchinese.GB18030
	}
	enc, err := htmlindex.Get(charset)
	if err != nil {
		return nil
	}
	return enc
}

func looksLike(sample []byte) encoding.Encoding {
	found, err := chardet.NewTextDetector().DetectAll(sample)
	if err != nil {
		return simplifiedchinese.GB18030
	}
	ours, best, other := 0, 0, ""
	for _, f := range found {
		switch f.Charset {
		case "GB18030", "GB-18030":
			ours = f.Confidence
		case "Big5", "Shift_JIS", "EUC-JP", "EUC-KR", "windows-1251", "KOI8-R":
			if f.Confidence > best {
				best, other = f.Confidence, f.Charset
			}
		}
	}
	if enc := named(other); enc != nil && best > ours {
		return enc
	}
	return simplifiedchinese.GB18030
}

// charsetReader is for readers that ask for an encoding by its name.
func charsetReader(charset string, in io.Reader) (io.Reader, error) {
	if enc := named(charset); enc != nil {
		return enc.NewDecoder().Reader(in), nil
	}
	return in, nil
}
