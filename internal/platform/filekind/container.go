package filekind

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"io"
	"strings"
	"unicode/utf16"
)

// Limits of a container's directory; what goes beyond is kept as a plain one and not looked into.
const (
	mostEntries   = 20_000
	mostDirectory = 8 << 20
)

// OpenZip opens a zip whose directory is small enough to be read; nil for one that is damaged or too large.
func OpenZip(r io.ReaderAt, size int64) *zip.Reader {
	if !modest(r, size) {
		return nil
	}
	z, err := zip.NewReader(r, size)
	if err != nil {
		return nil
	}
	return z
}

// modest reports a zip whose directory ends near the file's end and claims a size that can be read.
func modest(r io.ReaderAt, size int64) bool {
	tail := make([]byte, min(size, 64<<10+22))
	if n, _ := r.ReadAt(tail, size-int64(len(tail))); n < len(tail) {
		return false
	}
	at := bytes.LastIndex(tail, []byte("PK\x05\x06"))
	if at < 0 || at+22 > len(tail) {
		return false
	}
	entries, bytes := binary.LittleEndian.Uint16(tail[at+10:]), binary.LittleEndian.Uint32(tail[at+12:])
	return entries <= mostEntries && bytes <= mostDirectory // zip64 puts the highest values here
}

// inZip tells documents, programs and plain zips apart by what lies in them.
func inZip(r io.ReaderAt, size int64) (Found, error) {
	z := OpenZip(r, size)
	if z == nil {
		return Found{Kind: Zip}, nil
	}
	found := Found{Kind: Zip}
	names := map[string]*zip.File{}
	for _, f := range z.File {
		name := strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(f.Name, `\`, "/"), "/"))
		names[name] = f
		found.Locked = found.Locked || f.Flags&1 != 0
		found.Macros = found.Macros || strings.HasSuffix(name, "vbaproject.bin") || strings.HasPrefix(name, "basic/script")
	}
	found.Kind = packed(names)
	found.Macros = found.Macros && found.Kind != Zip
	return found, nil
}

// signs are parts that only one kind of package has; a package of Office needs its list of types beside them.
var signs = []struct {
	part string
	kind Kind
}{
	{"androidmanifest.xml", Program}, {"classes.dex", Program}, {"appxmanifest.xml", Program}, {"extension.vsixmanifest", Program}, {"install.rdf", Program},
	{"ofd.xml", OFD}, {"fixeddocseq.fdseq", "xps"}, {"fixeddocumentsequence.fdseq", "xps"}, {"index/document.iwa", "iwork"}, {"index.zip", "iwork"}, {"meta-inf/container.xml", "epub"},
}

var office = []struct {
	folder string
	kind   Kind
}{{"word/", Word}, {"xl/", Excel}, {"ppt/", Slides}, {"visio/", "vsd"}, {"documents/1/", "xps"}}

func packed(names map[string]*zip.File) Kind {
	for _, s := range signs {
		if names[s.part] != nil {
			return s.kind
		}
	}
	if names["[content_types].xml"] != nil {
		for _, o := range office {
			for name := range names {
				if strings.HasPrefix(name, o.folder) {
					return o.kind
				}
			}
		}
	}
	if k := openDocument(names["mimetype"]); k != "" {
		return k
	}
	if names["meta-inf/manifest.mf"] != nil && !strings.HasPrefix(firstDocument(names), "ofd") {
		return Program // .jar and its relatives
	}
	for name := range names {
		if strings.HasPrefix(name, "payload/") && strings.Contains(name, ".app/") {
			return Program
		}
	}
	return Zip
}

func firstDocument(names map[string]*zip.File) string {
	for name := range names {
		if strings.HasSuffix(name, "ofd.xml") {
			return "ofd"
		}
	}
	return ""
}

// openDocument reads the media type that OpenDocument and EPUB put first.
func openDocument(f *zip.File) Kind {
	if f == nil || f.UncompressedSize64 > 200 {
		return ""
	}
	r, err := f.Open()
	if err != nil {
		return ""
	}
	defer r.Close()
	raw, _ := io.ReadAll(io.LimitReader(r, 200))
	media := string(raw)
	switch {
	case strings.Contains(media, "opendocument.text"), strings.Contains(media, "sun.xml.writer"):
		return "odt"
	case strings.Contains(media, "opendocument.spreadsheet"), strings.Contains(media, "sun.xml.calc"):
		return "ods"
	case strings.Contains(media, "opendocument.presentation"), strings.Contains(media, "sun.xml.impress"):
		return "odp"
	case strings.Contains(media, "opendocument"):
		return "odg"
	case strings.Contains(media, "epub"):
		return "epub"
	}
	return ""
}

// streams are names within the container of old Office, and what has them.
var streams = []struct {
	name string
	kind Kind
}{
	{"WordDocument", OldWord}, {"Workbook", OldXLS}, {"Book", OldXLS}, {"PowerPoint Document", OldPPT}, {"__properties_version1.0", Outlook},
	{"VisioDocument", "vsd"}, {"FileHeader", "hwp"}, {"HwpSummaryInformation", "hwp"}, {"Quill", "pub"}, {"Props14", "mpp"}, {"Props12", "mpp"}, {"Props9", "mpp"},
}

// installer is the class of Windows installer packages, at the root of their container.
var installer = []byte{0x84, 0x10, 0x0c, 0, 0, 0, 0, 0, 0xc0, 0, 0, 0, 0, 0, 0, 0x46}

// inOLE tells old documents apart by the names in the container's directory.
func inOLE(r io.ReaderAt, size int64, ext string) (Found, error) {
	found := Found{Kind: OLE}
	has := map[string]bool{}
	entries := directory(r, size)
	for i := 0; i+128 <= len(entries); i += 128 {
		e := entries[i : i+128]
		if i == 0 && bytes.Equal(e[80:96], installer) {
			return Found{Kind: Program}, nil
		}
		n := int(binary.LittleEndian.Uint16(e[64:]))
		if n < 2 || n > 64 {
			continue
		}
		units := make([]uint16, n/2-1)
		for j := range units {
			units[j] = binary.LittleEndian.Uint16(e[2*j:])
		}
		has[string(utf16.Decode(units))] = true
	}
	found.Macros = has["_VBA_PROJECT"] || has["_VBA_PROJECT_CUR"] || has["VBA"] || has["Macros"]
	for _, s := range streams {
		if has[s.name] {
			found.Kind = s.kind
			return found, nil
		}
	}
	if has["EncryptedPackage"] {
		found.Locked, found.Kind = true, Word
		for _, k := range []Kind{Excel, Slides} {
			if k.Fits(ext) {
				found.Kind = k
			}
		}
	}
	return found, nil
}

const mostSectors = 1024 // of a directory that is read

// directory is the directory of an OLE container, as far as its chain of sectors can be followed from the header.
func directory(r io.ReaderAt, size int64) []byte {
	head := make([]byte, 512)
	if n, _ := r.ReadAt(head, 0); n < len(head) {
		return nil
	}
	shift := binary.LittleEndian.Uint16(head[30:])
	if shift != 9 && shift != 12 {
		return nil
	}
	sector := int64(1) << shift
	word := func(at int64) uint32 {
		var b [4]byte
		if n, _ := r.ReadAt(b[:], at); n < 4 {
			return 0xffffffff
		}
		return binary.LittleEndian.Uint32(b[:])
	}
	var out []byte
	at := binary.LittleEndian.Uint32(head[48:])
	for steps := 0; steps < mostSectors && at < 0xfffffff0; steps++ {
		from := (int64(at) + 1) * sector
		part := make([]byte, max(min(sector, size-from), 0))
		n, _ := r.ReadAt(part, from)
		if out = append(out, part[:n]...); int64(n) < sector {
			break
		}
		per := sector / 4
		table := int64(at) / per
		if table >= 109 { // beyond the header's own list: what was read by now must do
			break
		}
		fat := binary.LittleEndian.Uint32(head[76+4*table:])
		at = word((int64(fat)+1)*sector + int64(at)%per*4)
	}
	return out
}
