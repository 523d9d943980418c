package sheet

import (
	"bytes"
	"io"
	"path"
	"slices"
	"strings"
	"unicode/utf8"
)

// Open says what a file is by its content and reads what tells about it as a whole. The name serves only to name the
// sheet of a CSV. r must stay readable for as long as the book is used. Refusals are errs.Invalid with keys of
// Locales; an error of r itself comes back as a damaged file.
func Open(r io.ReaderAt, size int64, name string, lim Limits) (book *Book, err error) {
	lim = lim.orDefault()
	defer guard(&err)
	switch {
	case size <= 0:
		return nil, refuse("sheet.empty")
	case size > lim.Bytes:
		return nil, refuse("sheet.too_large", lim.Bytes>>20)
	}
	head := make([]byte, min(size, 8<<10))
	if n, err := r.ReadAt(head, 0); n < len(head) {
		return nil, broken("read: %w", err)
	}
	switch kind := sniff(head); kind {
	case "zip":
		book, err = openXLSX(r, size, lim)
	case "ole":
		book, err = openOLE(r, size, lim)
	case "biff":
		book, err = openBareBIFF(r, size, lim)
	case "html":
		book, err = openWeb(r, size, sheetName(name), lim)
	case "xml":
		book, err = openXML2003(r, size, lim)
	case "text":
		book, err = openText(r, size, sheetName(name), lim)
	default:
		err = refuse(kind)
	}
	if err != nil {
		return nil, asRefusal(err)
	}
	return book, nil
}

// sheetName is a file's name without folder and extension.
func sheetName(name string) string {
	base := path.Base(strings.ReplaceAll(clean(name), `\`, "/"))
	if stem := strings.TrimSuffix(base, path.Ext(base)); stem != "" && stem != "." && stem != "/" {
		return stem
	}
	return "1"
}

// sniff names the reader for a file's first bytes, or the key of a refusal.
func sniff(head []byte) string {
	starts := func(magic ...string) bool {
		for _, m := range magic {
			if bytes.HasPrefix(head, []byte(m)) {
				return true
			}
		}
		return false
	}
	switch {
	case starts("PK\x03\x04"):
		return "zip"
	case starts("PK\x05\x06", "PK\x07\x08", "Rar!", "7z\xBC\xAF\x27\x1C", "\x1F\x8B", "BZh", "\xFD7zXZ"):
		return "sheet.zip"
	case starts("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"):
		return "ole"
	case starts("\x09\x08\x10\x00\x00\x06", "\x09\x08\x08\x00\x00\x05"):
		return "biff" // some programs write the workbook without its container
	case starts("\x09\x00\x04\x00", "\x09\x00\x06\x00", "\x09\x02\x06\x00", "\x09\x04\x06\x00"):
		return "sheet.old_excel" // Excel 2 to 4
	case starts("%PDF", "\x89PNG", "\xFF\xD8\xFF", "GIF8", "{\\rtf"):
		return "sheet.unknown_format"
	case starts("\xFF\xFE", "\xFE\xFF"):
		return disguise(utf16Head(head))
	case starts("<\x00", "\x00<"): // UTF-16 without its mark
		return disguise(utf16Head(append(utf16Mark(head[0]), head...)))
	case notText(head):
		return "sheet.unknown_format"
	}
	return disguise(bytes.TrimPrefix(head, []byte("\xEF\xBB\xBF")))
}

// notText reports whether the first bytes are no text in any encoding without 16-bit units.
func notText(head []byte) bool {
	odd := 0
	for _, b := range head {
		if b == 0 {
			return true
		}
		if b < ' ' && b != '\t' && b != '\n' && b != '\r' && b != '\f' && b != 0x1A {
			odd++
		}
	}
	return odd > 2+len(head)/50
}

// disguise finds web pages and XML that only call themselves tables, a common kind of export.
func disguise(text []byte) string {
	low := bytes.ToLower(bytes.TrimLeft(text, " \t\r\n"))
	has := func(all ...string) bool {
		return slices.ContainsFunc(all, func(s string) bool { return bytes.Contains(low, []byte(s)) })
	}
	switch {
	case bytes.HasPrefix(low, []byte("mime-version:")):
		return "sheet.mht"
	case !bytes.HasPrefix(low, []byte("<")):
		return "text"
	case has("urn:schemas-microsoft-com:office:spreadsheet") && has("<workbook", ":workbook") && !has("<html"):
		return "xml"
	case has("<html", "<!doctype html", "<table", "<head", "<meta", "<style", "<body", "<div", "<script", "<tr>", "<tr "):
		return "html"
	case has("<?xml"):
		return "sheet.unknown_format"
	}
	return "text"
}

// utf16Head keeps the ASCII of a UTF-16 text, enough to look for tags.
func utf16Head(head []byte) []byte {
	low := 0
	if head[0] == 0xFE {
		low = 1
	}
	out := make([]byte, 0, len(head)/2)
	for i := 2; i+1 < len(head); i += 2 {
		if c := head[i+low]; head[i+1-low] == 0 && c < utf8.RuneSelf {
			out = append(out, c)
		} else {
			out = append(out, '?')
		}
	}
	return out
}

// utf16Mark is the mark of a text in UTF-16 whose first byte is this one and whose first character is plain.
func utf16Mark(first byte) []byte {
	if first == 0 {
		return []byte("\xFE\xFF")
	}
	return []byte("\xFF\xFE")
}
