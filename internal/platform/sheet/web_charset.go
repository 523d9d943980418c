package sheet

import (
	"bytes"
	"io"
	"regexp"
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/transform"
)

// utf8Text gives a text file as UTF-8: the file itself if it is that, else decoded in memory, at most twice its size. The
// readers of web pages and XML tables come back to places in it, which a decoder that only goes forward does not allow.
func utf8Text(r io.ReaderAt, size int64, declared string) (io.ReaderAt, int64, error) {
	set, enc, err := textCharset(r, size, declared)
	if err != nil {
		return nil, 0, err
	}
	if set.name == "utf-8" {
		return io.NewSectionReader(r, set.mark, size-set.mark), size - set.mark, nil
	}
	in := decoded(r, size, set)
	if enc != nil {
		in = transform.NewReader(io.NewSectionReader(r, 0, size), enc.NewDecoder())
	}
	var out bytes.Buffer
	out.Grow(int(size))
	if _, err := out.ReadFrom(in); err != nil {
		return nil, 0, err
	}
	return bytes.NewReader(out.Bytes()), int64(out.Len()), nil
}

// textCharset is how a page or an XML table is encoded: its mark or its zeros, then its bytes if they are UTF-8 whatever it
// declares (many declare gb2312 out of habit), then what it declares.
func textCharset(r io.ReaderAt, size int64, declared string) (charset, encoding.Encoding, error) {
	head := make([]byte, min(size, 4))
	if _, err := r.ReadAt(head, 0); err != nil && err != io.EOF {
		return charset{}, nil, err
	}
	switch {
	case bytes.HasPrefix(head, []byte("<\x00")):
		return charset{name: "utf-16le"}, nil, nil
	case bytes.HasPrefix(head, []byte("\x00<")):
		return charset{name: "utf-16be"}, nil, nil
	}
	set, err := charsetOf(r, size)
	if err == nil {
		return set, nil, nil
	}
	if enc := declaredCharset(declared); enc != nil {
		return charset{name: strings.ToLower(declared)}, enc, nil
	}
	return charset{}, nil, err
}

// declaredCharset is the encoding of a name, of those in which every byte of a tag stands for itself.
func declaredCharset(name string) encoding.Encoding {
	enc, err := htmlindex.Get(name)
	if err != nil {
		return nil
	}
	switch canonical, _ := htmlindex.Name(enc); canonical {
	case "gbk", "gb18030":
		return simplifiedchinese.GB18030
	case "utf-8", "utf-16be", "utf-16le", "iso-2022-jp", "replacement", "x-user-defined":
		return nil
	}
	return enc
}

var (
	metaCharset = regexp.MustCompile(`(?i)<meta[^>]{0,500}charset\s*=\s*["']?\s*([a-z0-9_-]{2,30})`)
	xmlEncoding = regexp.MustCompile(`^\s*<\?xml[^>]{0,200}encoding\s*=\s*["']([a-zA-Z0-9_-]{2,30})["']`)
)

// declaredBy is the encoding that a file's first bytes declare.
func declaredBy(head []byte, how *regexp.Regexp) string {
	if m := how.FindSubmatch(head); m != nil {
		return string(m[1])
	}
	return ""
}
