package doctext

import (
	"encoding/binary"
	"io"
	"slices"
	"strings"
	"time"

	"hudang/internal/platform/ole"
)

// What Outlook calls the parts of a mail ([MS-OXMSG]); the last four digits say how they are written.
const (
	mapiSubject = "0037"
	mapiSender  = "0C1A"
	mapiAddress = "0C1F"
	mapiTo      = "0E04"
	mapiCc      = "0E03"
	mapiBody    = "1000"
	mapiPage    = "1013"
	mapiName    = "3707"
	mapiShort   = "3704"
)

// readOutlook reads a mail as Outlook saves it.
func readOutlook(r io.ReaderAt, size int64) (Text, error) {
	f, err := ole.Open(r, size)
	if err != nil {
		return Text{}, err
	}
	if !f.Has("__properties_version1.0") {
		return Text{}, errNoWords
	}
	var t Text
	from := mapi(f, "", mapiSender)
	if address := mapi(f, "", mapiAddress); strings.Contains(address, "@") && !strings.Contains(from, address) {
		from += " <" + address + ">"
	}
	t.fact("from", "", from)
	t.fact("to", "", mapi(f, "", mapiTo))
	t.fact("cc", "", mapi(f, "", mapiCc))
	t.fact("date", "", sentOn(f))
	t.fact("subject", "", mapi(f, "", mapiSubject))
	l := newLines()
	body := mapi(f, "", mapiBody)
	if strings.TrimSpace(body) == "" {
		if page, err := f.Stream(substance(mapiPage, "0102"), 16*mostText); err == nil {
			body = pageWords(decode(page, ""))
		}
	}
	l.write(body)
	names := f.Names()
	slices.Sort(names)
	for _, folder := range names {
		if strings.HasPrefix(folder, "__attach_version1.0_") && len(t.Files) < mostParts {
			name := mapi(f, folder, mapiName)
			if name == "" {
				name = mapi(f, folder, mapiShort)
			}
			if name != "" {
				t.Files = append(t.Files, short(strings.TrimSpace(visible(name)), 200))
			}
		}
	}
	t.Lines, t.Cut = l.done(), l.cut
	return t, nil
}

func substance(id, kind string) string { return "__substg1.0_" + id + kind }

// mapi is a text of a mail or of what is attached to it, in either of the two ways they are written.
func mapi(f *ole.File, folder, id string) string {
	read := func(kind string) ([]byte, error) {
		if folder == "" {
			return f.Stream(substance(id, kind), 16*mostText)
		}
		return f.StreamIn(folder, substance(id, kind), 16*mostText)
	}
	if raw, err := read("001F"); err == nil && raw != nil {
		return strings.TrimRight(utf16LE(raw), "\x00")
	}
	raw, err := read("001E")
	if err != nil {
		return ""
	}
	return strings.TrimRight(decode(raw, charsetOf(f)), "\x00")
}

// charsetOf is how a mail's texts are written that are not Unicode: by the number Windows has for it, else as here.
func charsetOf(f *ole.File) string {
	found := properties(f)
	for _, tag := range []uint32{0x3FFD0003, 0x3FDE0003} {
		if name := map[uint32]string{950: "big5", 65001: "utf-8", 1252: "windows-1252", 932: "shift_jis", 949: "euc-kr"}[uint32(found[tag])]; name != "" {
			return name
		}
	}
	return "gb18030"
}

// properties are a mail's fixed ones, by their tag.
func properties(f *ole.File) map[uint32]uint64 {
	found := map[uint32]uint64{}
	raw, err := f.Stream("__properties_version1.0", 64<<10)
	if err != nil || len(raw) < 32 {
		return found
	}
	for p := raw[32:]; len(p) >= 16; p = p[16:] {
		found[binary.LittleEndian.Uint32(p)] = binary.LittleEndian.Uint64(p[8:])
	}
	return found
}

// sentOn is when a mail was sent, or else when it came: a time of Windows among the fixed properties.
func sentOn(f *ole.File) string {
	found := properties(f)
	for _, tag := range []uint32{0x00390040, 0x0E060040} {
		if at := found[tag]; at > epoch && at < epoch+100*365*24*3600*1e7 {
			return time.Unix(int64((at-epoch)/1e7), 0).UTC().Format("2006-01-02 15:04") + " UTC"
		}
	}
	return ""
}

// epoch is 1970 in Windows' time: tenths of microseconds since 1601.
const epoch = 116444736000000000
