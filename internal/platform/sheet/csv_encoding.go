package sheet

import (
	"bytes"
	"io"
	"unicode/utf8"

	"github.com/gogs/chardet"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// charset is how a text file is encoded, and how many bytes of mark it starts with.
type charset struct {
	name string
	mark int64
}

// charsetOf looks at the whole file: UTF-8 if it is valid, else GB18030 if chardet agrees.
func charsetOf(r io.ReaderAt, size int64) (charset, error) {
	head := make([]byte, min(size, 3))
	if _, err := r.ReadAt(head, 0); err != nil && err != io.EOF {
		return charset{}, err
	}
	switch {
	case bytes.HasPrefix(head, []byte("\xEF\xBB\xBF")):
		return charset{"utf-8", 3}, nil
	case bytes.HasPrefix(head, []byte("\xFF\xFE")):
		return charset{"utf-16le", 2}, nil
	case bytes.HasPrefix(head, []byte("\xFE\xFF")):
		return charset{"utf-16be", 2}, nil
	}
	good, bad, sample, err := countUTF8(r, size)
	if err != nil {
		return charset{}, err
	}
	// A few bad bytes in much good UTF-8 are characters cut in half by a field limit of some program.
	if bad == 0 || good >= 50*bad {
		return charset{name: "utf-8"}, nil
	}
	if looksGB18030(sample) {
		return charset{name: "gb18030"}, nil
	}
	return charset{}, refuse("sheet.unknown_encoding")
}

// countUTF8 counts the good and the bad sequences beyond ASCII, and gathers lines that have any, for chardet.
func countUTF8(r io.ReaderAt, size int64) (good, bad int, sample []byte, err error) {
	const maxSample = 32 << 10
	in := io.NewSectionReader(r, 0, size)
	buf := make([]byte, 64<<10)
	kept := 0
	for {
		n, readErr := io.ReadFull(in, buf[kept:])
		data := buf[:kept+n]
		last := readErr == io.EOF || readErr == io.ErrUnexpectedEOF
		if readErr != nil && !last {
			return 0, 0, nil, readErr
		}
		before := bad + good
		i := 0
		for i < len(data) && (last || utf8.FullRune(data[i:])) {
			if data[i] < utf8.RuneSelf {
				i++
				continue
			}
			if _, w := utf8.DecodeRune(data[i:]); w > 1 {
				good, i = good+1, i+w
			} else {
				bad, i = bad+1, i+1
			}
		}
		if bad+good > before && len(sample) < maxSample {
			sample = append(sample, data[:min(i, maxSample-len(sample))]...)
		}
		if last {
			return good, bad, sample, nil
		}
		kept = copy(buf, data[i:])
	}
}

// looksGB18030 asks chardet, which is unsure about a few characters, and checks that decoding loses nothing.
func looksGB18030(sample []byte) bool {
	decoded, err := simplifiedchinese.GB18030.NewDecoder().Bytes(sample)
	lost := bytes.Count(decoded, []byte("\uFFFD"))
	if err != nil || lost > 1 && lost*200 > len(sample) { // one may be cut at the sample's end
		return false
	}
	found, err := chardet.NewTextDetector().DetectAll(sample)
	if err != nil {
		return false
	}
	ours, best := 0, 0
	for _, f := range found {
		switch f.Charset {
		case "GB18030", "GB-18030":
			ours = f.Confidence
		case "Big5", "Shift_JIS", "EUC-JP", "EUC-KR":
			best = max(best, f.Confidence)
		}
	}
	return ours > 0 && ours >= best // few characters score 10 everywhere; this is China
}

// decoded reads a text file as UTF-8.
func decoded(r io.ReaderAt, size int64, set charset) io.Reader {
	in := io.NewSectionReader(r, set.mark, size-set.mark)
	switch set.name {
	case "utf-16le":
		return transform.NewReader(in, unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewDecoder())
	case "utf-16be":
		return transform.NewReader(in, unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM).NewDecoder())
	case "gb18030":
		return transform.NewReader(in, simplifiedchinese.GB18030.NewDecoder())
	}
	return in
}
