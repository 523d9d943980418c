package doctext_test

import (
	"encoding/binary"
	"errors"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"hudang/internal/platform/doctext"
	"hudang/internal/platform/filekind"
	"hudang/internal/platform/ole/oletest"
)

var le = binary.LittleEndian

func wide(s string) (b []byte) {
	for _, u := range utf16.Encode([]rune(s)) {
		b = le.AppendUint16(b, u)
	}
	return b
}

// oldWord is a document in two pieces, one of them in Western bytes.
func oldWord(flags uint16, latin, han string) []byte {
	doc := make([]byte, 0x400)
	le.PutUint16(doc, 0xA5EC)
	le.PutUint16(doc[2:], 193)
	le.PutUint16(doc[10:], flags|0x200)
	at := len(doc)
	doc = append(append(doc, latin...), wide(han)...)
	n := uint32(len(latin))
	plc := le.AppendUint32(le.AppendUint32(le.AppendUint32(nil, 0), n), n+uint32(len([]rune(han))))
	for _, fc := range []uint32{uint32(at*2) | 0x40000000, uint32(at + len(latin))} {
		plc = append(le.AppendUint32(append(plc, 0, 0), fc), 0, 0)
	}
	table := le.AppendUint32([]byte{1, 2, 0, 9, 9, 2}, uint32(len(plc)))
	table = append(table, plc...)
	le.PutUint32(doc[0x1A6:], uint32(len(table)))
	return oletest.Of(map[string][]byte{"WordDocument": doc, "1Table": table})
}

func TestOf_OldWord(t *testing.T) {
	got := read(t, filekind.OldWord, string(oldWord(0, "Notice\r\x13 HYPERLINK x \x14here\x15 ", "明天停水\r3-1-1202\a张伟\a\a\r")))
	if want := []string{"Notice", "here 明天停水", "3-1-1202\t张伟"}; !slices.Equal(got.Lines, want) {
		t.Errorf("%q, want %q", got.Lines, want)
	}
	made, err := os.ReadFile("testdata/letter.doc") // by LibreOffice
	if err != nil {
		t.Fatal(err)
	}
	if got := read(t, filekind.OldWord, string(made)); !slices.Contains(got.Lines, "各位业主：11 月 20 日 9:00 停水。") || !slices.Contains(got.Lines, "3-1-1202\t张伟") {
		t.Errorf("%q", got.Lines)
	}
	locked := oldWord(0x100, "x", "y")
	if _, err := doctext.Of(filekind.OldWord, strings.NewReader(string(locked)), int64(len(locked))); !errors.Is(err, doctext.ErrLocked) {
		t.Errorf("one with a password: %v", err)
	}
	whole := string(oldWord(0, "Notice", "明天停水"))
	for n := range len(whole) { // cut anywhere: an error or less, never a panic that reaches anybody
		_, _ = doctext.Of(filekind.OldWord, strings.NewReader(whole[:n]), int64(n))
	}
}

func TestOf_OldSlides(t *testing.T) {
	record := func(head, kind uint16, body []byte) []byte {
		return append(le.AppendUint32(le.AppendUint16(le.AppendUint16(nil, head), kind), uint32(len(body))), body...)
	}
	doc := slices.Concat(record(15, 1016, record(0, 4008, []byte("Click to edit"))), record(15, 1006, slices.Concat(record(0, 4000, wide("停水通知\r请转告")), record(0, 4008, []byte("20 November")))))
	got := read(t, filekind.OldPPT, string(oletest.Of(map[string][]byte{"PowerPoint Document": doc, "Current User": {1}})))
	if want := []string{"停水通知", "请转告", "", "20 November"}; !slices.Equal(got.Lines, want) {
		t.Errorf("%q, want %q", got.Lines, want)
	}
}

func TestOf_Outlook(t *testing.T) {
	fixed := make([]byte, 32+16)
	le.PutUint32(fixed[32:], 0x00390040)
	le.PutUint64(fixed[40:], 134092512000000000) // 2025-12-03 16:00 UTC
	parts := map[string][]byte{"__properties_version1.0": fixed, "__substg1.0_0037001F": wide("停水通知"), "__substg1.0_0C1A001F": wide("客服"), "__substg1.0_0C1F001F": wide("kf@example.com"),
		"__substg1.0_0E04001E": []byte(gbk(t, "各位业主，请相互转告")), "__substg1.0_1000001F": wide("明天停水\r\n请转告\x00"), "__attach_version1.0_#00000000/__substg1.0_3707001F": wide("通知.pdf"), "__attach_version1.0_#00000001/__substg1.0_3704001F": wide("b.txt")}
	got := read(t, filekind.Outlook, string(oletest.Of(parts)))
	if !slices.Equal(got.Lines, []string{"明天停水", "请转告"}) || !slices.Equal(got.Files, []string{"通知.pdf", "b.txt"}) {
		t.Errorf("%+v", got)
	}
	for _, want := range []doctext.Fact{{Name: "from", Value: "客服 <kf@example.com>"}, {Name: "to", Value: "各位业主，请相互转告"}, {Name: "subject", Value: "停水通知"}, {Name: "date", Value: "2025-12-03 16:00 UTC"}} {
		if !slices.Contains(got.Facts, want) {
			t.Errorf("%+v lacks %+v", got.Facts, want)
		}
	}
	delete(parts, "__substg1.0_1000001F")
	parts["__substg1.0_10130102"] = []byte("<html><style>x</style><p>明天停水</p>")
	if got := read(t, filekind.Outlook, string(oletest.Of(parts))); !slices.Equal(got.Lines, []string{"明天停水"}) {
		t.Errorf("a page only: %q", got.Lines)
	}
}
