package filekind

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"slices"
	"strings"
)

// Found is what was found of a file.
type Found struct {
	Kind   Kind
	Locked bool // needs a password
	Macros bool // carries programs of its own
	Behind bool // a PDF begins within reach behind another mark: what is no sound picture may be that
}

// headBytes is how much of a file's beginning is looked at.
const headBytes = 64 << 10

// Of says what a file is. The name decides only between kinds with the same content. An error is one of the reader.
func Of(name string, r io.ReaderAt, size int64) (Found, error) {
	head := make([]byte, min(size, headBytes))
	if n, err := r.ReadAt(head, 0); n < len(head) {
		return Found{}, errors.Join(io.ErrUnexpectedEOF, err)
	}
	kind := Begins(head)
	ext := Extension(name)
	switch kind {
	case Zip:
		return inZip(r, size)
	case OLE:
		return inOLE(r, size, ext)
	case "":
		kind = textual(head, int64(len(head)) < size, ext)
	}
	switch {
	case kind == "" && size > isoMark+6 && marked(r, isoMark, "CD001"):
		kind = "iso"
	case kind == "" && byName(ext) != "":
		kind = byName(ext)
	case kind == "":
		kind = Unknown
	}
	return Found{Kind: kind, Behind: kind != PDF && pdfBegins(head)}, nil
}

const isoMark = 32769

func marked(r io.ReaderAt, at int64, mark string) bool {
	b := make([]byte, len(mark))
	n, _ := r.ReadAt(b, at)
	return string(b[:n]) == mark
}

// byName is the kind of a file without any mark of its own, which only its name tells. It is never shown.
func byName(ext string) Kind {
	if k := Named(ext); k != "" {
		return k
	}
	for _, k := range []Kind{"tga", "raw", "caj", "gd", "p7m"} {
		if k.Fits(ext) {
			return k
		}
	}
	return ""
}

// mark is bytes at a place in a file that say its kind.
type mark struct {
	at   int
	text string
	kind Kind
}

// marks are looked for in this order: what runs comes first, so that nothing hides a program behind another mark.
var marks = []mark{
	{0, "\x7fELF", Program}, {0, "\xfe\xed\xfa\xce", Program}, {0, "\xfe\xed\xfa\xcf", Program}, {0, "\xce\xfa\xed\xfe", Program}, {0, "\xcf\xfa\xed\xfe", Program},
	{0, "\xca\xfe\xba\xbe", Program}, {0, "dex\n03", Program}, {0, "\x00asm", Program}, {0, "!<arch>\n", Program}, {0, "\xed\xab\xee\xdb", Program},
	{0, "ITSF", Program}, {0, "FWS", Program}, {0, "CWS", Program}, {0, "ZWS", Program}, {0, "Cr24", Program},
	{0, "L\x00\x00\x00\x01\x14\x02\x00", Shortcut},
	{0, "#!AMR", "amr"}, {0, "#!SILK", "silk"}, {1, "#!SILK", "silk"}, {0, "#!", Script}, {0, "\xef\xbb\xbf#!", Script}, {0, "<?php", Script},
	{0, "\xff\xd8\xff", JPEG}, {0, "\x89PNG\r\n\x1a\n", PNG}, {0, "II*\x00", TIFF}, {0, "MM\x00*", TIFF}, {0, "II+\x00", TIFF}, {0, "MM\x00+", TIFF},
	{0, "GIF87a", GIF}, {0, "GIF89a", GIF}, {8, "WEBP", WebP}, {0, "8BPS", "psd"}, {0, "\x00\x00\x00\x0cjP  ", "jp2"}, {0, "\xff\x4f\xff\x51", "jp2"}, {0, "\xff\x0a", "jxl"}, {0, "\x00\x00\x00\x0cJXL ", "jxl"},
	{0, "\x97JB2", "jbig2"}, {0, "gimp xcf", "xcf"}, {0, "AT&TFORM", "djvu"}, {0, "FUJIFILMCCD-RAW", "raw"}, {0, "IIRO", "raw"}, {0, "IIU\x00", TIFF}, {0, "\x76\x2f\x31\x01", "hdr"}, {0, "#?RADIANCE", "hdr"},
	{0, "\xd7\xcd\xc6\x9a", "wmf"}, {40, " EMF", "wmf"}, {0, "\xc5\xd0\xd3\xc6", "eps"}, {0, "%!PS", "eps"}, {0, "AC10", "dwg"}, {0, "AC1.", "dwg"}, {0, "AutoCAD Binary DXF", "dxf"}, {128, "DICM", "dcm"}, {0, "\x0a\x05\x01\x08", "pcx"}, {0, "DanM", "msp"}, {0, "LinS", "msp"},
	{0, "PK\x03\x04", Zip}, {0, "PK\x05\x06", Zip}, {0, "PK\x07\x08", Zip}, {0, "PK00PK\x03\x04", Zip}, {0, "Rar!\x1a\x07", RAR}, {0, "7z\xbc\xaf\x27\x1c", "7z"}, {0, "\x1f\x8b", "gz"}, {0, "\x1f\x9d", "z"}, {0, "BZh", "bz2"}, {0, "\xfd7zXZ\x00", "xz"},
	{0, "\x28\xb5\x2f\xfd", "zst"}, {0, "MSCF", "cab"}, {257, "ustar", "tar"}, {2, "-lh", "lzh"}, {0, "\x60\xea", "arj"},
	{0, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLE}, {0, "{\\rtf", RTF}, {0, "\x09\x08\x10\x00\x00\x06", OldXLS}, {0, "\x09\x08\x08\x00\x00\x05", OldXLS}, {0, "\x09\x00\x04\x00", OldXLS}, {0, "\x09\x02\x06\x00", OldXLS}, {0, "\x09\x04\x06\x00", OldXLS}, {0, "\xdb\xa5-\x00", OldWord}, {0, "\x31\xbe\x00\x00", OldWord},
	{0, "\xe4\x52\x5c\x7b\x8c\xd8\xa7\x4d", "one"}, {4, "Standard Jet DB", "mdb"}, {4, "Standard ACE DB", "mdb"}, {0, "!BDN", "pst"}, {0, "SQLite format 3\x00", "sqlite"}, {0, "HWP Document File", "hwp"}, {0, "CAJ\x00", "caj"}, {0, "KDH ", "caj"}, {0, "HN", "caj"}, {0, "\x78\x9f\x3e\x22", "tnef"},
	{8, "AVI ", "avi"}, {8, "WAVE", "wav"}, {0, "OggS", "ogg"}, {0, "fLaC", "flac"}, {0, "\x1a\x45\xdf\xa3", "mkv"}, {0, "FLV\x01", "flv"}, {0, "\x30\x26\xb2\x75\x8e\x66\xcf\x11", "wmv"}, {0, "\x00\x00\x01\xba", "mpg"}, {0, "\x00\x00\x01\xb3", "mpg"}, {0, "DHAV", "dav"}, {0, "DAHUA", "dav"}, {0, "IMKH", "dav"},
	{0, "ID3", "mp3"}, {0, "MThd", "mid"}, {0, ".snd", "au"}, {8, "AIFF", "aiff"}, {8, "AIFC", "aiff"}, {0, "\xff\xf1", "aac"}, {0, "\xff\xf9", "aac"}, {0, "\xff\xfb", "mp3"}, {0, "\xff\xf3", "mp3"}, {0, "\xff\xf2", "mp3"}, {0, "\xff\xfa", "mp3"},
	{0, "\x00\x01\x00\x00\x00", "ttf"}, {0, "OTTO", "ttf"}, {0, "ttcf", "ttf"}, {0, "wOFF", "ttf"}, {0, "wOF2", "ttf"}, {36, "acsp", "icc"}, {0, "\x00\x00\x01\x00", "ico"},
}

// Begins is the kind that a file's beginning shows by a mark; empty for none.
func Begins(head []byte) Kind {
	if runs(head) {
		return Program
	}
	for _, m := range marks {
		if len(head) >= m.at+len(m.text) && string(head[m.at:m.at+len(m.text)]) == m.text && m.certain(head) {
			return m.kind
		}
	}
	switch {
	case pdfBegins(head):
		return PDF
	case len(head) >= 12 && string(head[4:8]) == "ftyp":
		return boxed(string(head[8:12]), head)
	case len(head) >= 8 && slices.Contains([]string{"moov", "mdat", "wide", "pnot", "skip"}, string(head[4:8])):
		return "mov"
	case bitmap(head):
		return BMP
	case len(head) > 3 && head[0] == 'P' && head[1] >= '1' && head[1] <= '7' && strings.ContainsRune(" \n\r\t#", rune(head[2])):
		return "pbm"
	case len(head) > 377 && head[0] == 0x47 && head[188] == 0x47 && head[376] == 0x47:
		return "ts"
	}
	return ""
}

// certain asks more where a mark is short enough to begin a text, or is the mark of several things.
func (m mark) certain(head []byte) bool {
	switch m.text {
	case "FWS", "CWS", "ZWS":
		return len(head) > 8 && head[3] > 0 && head[3] < 60 && head[7] < 0x20
	case "DanM", "LinS", "HN", "AC10", "AC1.", "BZh", "-lh":
		return slices.Contains(head[:min(len(head), 128)], 0) || !mostlyText(head[:min(len(head), 512)])
	case "WEBP", "AVI ", "WAVE":
		return string(head[:4]) == "RIFF"
	case "AIFF", "AIFC":
		return string(head[:4]) == "FORM"
	case "#!":
		return bytes.HasPrefix(bytes.TrimLeft(head[2:], " \t"), []byte("/"))
	case "\x00\x00\x01\x00":
		return len(head) > 22 && head[4] > 0 && head[5] == 0 && head[9] == 0
	case "\xff\xfb", "\xff\xf3", "\xff\xf2", "\xff\xfa":
		return len(head) > 2 && head[2]>>4 != 15 && head[2]>>4 != 0 && !utf16Text(head)
	}
	return true
}

// runs reports a program of DOS or Windows. A text may begin with its two letters.
func runs(head []byte) bool {
	if len(head) < 2 || string(head[:2]) != "MZ" && string(head[:2]) != "ZM" {
		return false
	}
	return len(head) < 64 || !mostlyText(head[:min(len(head), 1024)])
}

// pdfReach is how far behind a file's beginning a PDF may begin: PDFium looks as far, as Acrobat does.
const pdfReach = 1024

func pdfBegins(head []byte) bool {
	near := head[:min(len(head), pdfReach+5)]
	at := bytes.Index(near, []byte("%PDF-"))
	if at < 0 {
		return false
	}
	before := bytes.ToLower(near[:at]) // what a server wrote before it is passed over; a page that does something is one
	for _, s := range []string{"<script", "<html", "<!doctype", "<svg", "<body", "<iframe"} {
		if bytes.Contains(before, []byte(s)) {
			return false
		}
	}
	return true
}

var heicBrands = []string{"heic", "heix", "heim", "heis", "hevc", "hevx", "hevm", "hevs", "mif1", "msf1", "mif2"}

// boxed is the kind of a file of the MP4 family by its brand; of a picture, by all its brands.
func boxed(brand string, head []byte) Kind {
	switch {
	case brand == "avif" || brand == "avis" || slices.Contains(heicBrands, brand) && bytes.Contains(head[8:min(len(head), 64)], []byte("avif")):
		return AVIF
	case slices.Contains(heicBrands, brand):
		return HEIC
	case brand == "qt  ":
		return "mov"
	case strings.HasPrefix(brand, "M4A") || strings.HasPrefix(brand, "M4B") || strings.HasPrefix(brand, "M4P"):
		return "m4a"
	case strings.HasPrefix(brand, "3g"):
		return "3gp"
	case brand == "crx ":
		return "raw"
	case brand == "jp2 " || brand == "jpx ":
		return "jp2"
	}
	return MP4
}

// bitmap reports a BMP: its two letters alone could begin a text.
func bitmap(head []byte) bool {
	if len(head) < 26 || string(head[:2]) != "BM" {
		return false
	}
	return slices.Contains([]uint32{12, 16, 40, 52, 56, 64, 108, 124}, binary.LittleEndian.Uint32(head[14:]))
}
