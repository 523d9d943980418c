package filekind

import (
	"bytes"
	"regexp"
	"strings"
	"unicode/utf8"
)

// textual is the kind of a file without a mark: a text of some kind, or nothing known. cut says that more follows.
func textual(head []byte, cut bool, ext string) Kind {
	plain, ok := readable(head, cut)
	if !ok {
		return ""
	}
	low := bytes.ToLower(bytes.TrimLeft(plain, " \t\r\n\f\v"))
	switch {
	case Named(ext) != "" && !startsAsMail(plain):
		return Named(ext)
	case webPage(low):
		return WebPage
	case scripted(low):
		return Script
	case bytes.HasPrefix(low, []byte("[internetshortcut")), bytes.HasPrefix(low, []byte("[desktop entry")):
		return Shortcut
	case bytes.HasPrefix(low, []byte("<?xml")), bytes.HasPrefix(low, []byte("<svg")), bytes.HasPrefix(low, []byte("<")) && XML.Fits(ext) && ext != ".dat":
		return ofXML(low)
	case startsAsMail(plain):
		return mailKind(low, ext)
	case bytes.HasPrefix(plain, []byte("From ")) && bytes.Contains(plain, []byte("\nReceived:")):
		return "mbox"
	case dxf.Match(plain):
		return "dxf"
	case ext == ".csv" || ext == ".tsv":
		return CSV
	}
	return Text
}

var dxf = regexp.MustCompile(`^\s*(999\r?\n[^\n]*\n\s*)*0\r?\nSECTION\r?\n`)

// readable reports a text, and gives what of it can be compared with ASCII.
func readable(head []byte, cut bool) (plain []byte, ok bool) {
	switch {
	case len(head) == 0:
		return nil, false
	case bytes.HasPrefix(head, []byte("\xff\xfe")), bytes.HasPrefix(head, []byte("\xfe\xff")):
		return narrow(head), utf16Text(head)
	case utf16Text(head):
		return narrow(head), true
	}
	head = bytes.TrimPrefix(head, []byte("\xef\xbb\xbf"))
	if cut { // a character may be cut at the end
		for i := 0; i < 4 && len(head) > 0 && head[len(head)-1] >= utf8.RuneSelf; i++ {
			head = head[:len(head)-1]
		}
	}
	return head, mostlyText(head)
}

// mostlyText reports bytes of a text in an encoding without 16-bit units: no NUL, hardly a control character, and what
// is not ASCII is UTF-8 or comes in pairs, as in GBK and Big5.
func mostlyText(b []byte) bool {
	odd := 0
	for _, c := range b {
		switch {
		case c == 0:
			return false
		case c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != 0x1a && c != 0x1b:
			odd++
		}
	}
	return odd <= len(b)/100 && (utf8.Valid(b) || paired(b))
}

// paired reports that nearly all bytes beyond ASCII are the first of a pair that GBK, GB18030 or Big5 knows.
func paired(b []byte) bool {
	good, bad := 0, 0
	for i := 0; i < len(b); i++ {
		if b[i] < utf8.RuneSelf {
			continue
		}
		if i+1 < len(b) && b[i] >= 0x81 && b[i] <= 0xfe && (b[i+1] >= 0x30 && b[i+1] <= 0x39 || b[i+1] >= 0x40 && b[i+1] <= 0xfe) {
			good++
			i++
			continue
		}
		bad++
	}
	return bad*10 <= good
}

// utf16Text reports text in 16-bit units: with its mark, or mostly ASCII with a NUL at every second place.
func utf16Text(b []byte) bool {
	if len(b) < 4 {
		return false
	}
	if bytes.HasPrefix(b, []byte("\xff\xfe")) || bytes.HasPrefix(b, []byte("\xfe\xff")) {
		return strangers(b[2:], b[0] == 0xfe) == 0
	}
	even, odd := 0, 0
	n := min(len(b), 4096)
	for i := 0; i+1 < n; i += 2 {
		if b[i] == 0 {
			even++
		}
		if b[i+1] == 0 {
			odd++
		}
	}
	half := n / 2
	return odd*10 >= half*7 && even == 0 && strangers(b[:n], false) == 0 || even*10 >= half*7 && odd == 0 && strangers(b[:n], true) == 0
}

// strangers counts 16-bit units that stand in no text.
func strangers(b []byte, big bool) (n int) {
	for i := 0; i+1 < len(b); i += 2 {
		unit := uint16(b[i]) | uint16(b[i+1])<<8
		if big {
			unit = uint16(b[i])<<8 | uint16(b[i+1])
		}
		if unit < ' ' && unit != '\t' && unit != '\n' && unit != '\r' && unit != '\f' || unit == 0xffff || unit == 0xfffe {
			n++
		}
	}
	return n
}

// narrow is the ASCII of a text in 16-bit units, enough to look for words.
func narrow(b []byte) []byte {
	out := make([]byte, 0, len(b)/2)
	for i := 0; i+1 < len(b); i += 2 {
		switch {
		case b[i] == 0 && b[i+1] < utf8.RuneSelf:
			out = append(out, b[i+1])
		case b[i+1] == 0 && b[i] < utf8.RuneSelf:
			out = append(out, b[i])
		case out != nil && i > 0:
			out = append(out, '?')
		}
	}
	return out
}

// tags begin a page as browsers tell one (the MIME Sniffing standard of WHATWG).
var tags = []string{"<!doctype html", "<html", "<head", "<script", "<iframe", "<h1", "<div", "<font", "<table", "<a ", "<style", "<title", "<b>", "<body", "<br", "<p>", "<p ", "<meta", "<link", "<img", "<form", "<object", "<embed", "<frameset", "<base "}

// webPage reports what a browser would take for a page, comments and an XML head passed over.
func webPage(low []byte) bool {
	for range 20 {
		low = bytes.TrimLeft(low, " \t\r\n")
		switch {
		case bytes.HasPrefix(low, []byte("<!--")):
			_, rest, found := bytes.Cut(low, []byte("-->"))
			if !found {
				return true
			}
			low = rest
			continue
		case bytes.HasPrefix(low, []byte("<?xml")):
			_, rest, found := bytes.Cut(low, []byte("?>"))
			if !found {
				return false
			}
			low = rest
			continue
		}
		break
	}
	for _, t := range tags {
		if bytes.HasPrefix(low, []byte(t)) {
			return !bytes.HasPrefix(low, []byte("<title")) || bytes.Contains(low, []byte("</title"))
		}
	}
	return bytes.HasPrefix(low, []byte("<!doctype")) && bytes.Contains(low[:min(len(low), 300)], []byte("html"))
}

// scripted reports a script that no name announces.
func scripted(low []byte) bool {
	for _, s := range []string{"@echo off", "@echo on", "<?php", "<%", "windows registry editor", "regedit4", "wscript.", "set-executionpolicy", "javascript:", "<job", "<package>", "<scriptlet", "<hta:"} {
		if bytes.HasPrefix(low, []byte(s)) {
			return true
		}
	}
	return bytes.Contains(low, []byte(`createobject("wscript.shell"`))
}

// ofXML parts XML by what it is the form of. What would run in a browser is refused as what it is.
func ofXML(low []byte) Kind {
	root := rootOf(low)
	switch {
	case strings.HasSuffix(root, ":document") && bytes.Contains(low, []byte("urn:oasis:names:tc:opendocument")):
		return XML // OpenDocument in one file; what it has of programs only an office program would run, and asks before
	case root == "svg" || strings.HasSuffix(root, ":svg"):
		return SVG
	case root == "html" || strings.HasSuffix(root, ":html"), bytes.Contains(low, []byte("<script")), bytes.Contains(low, []byte(":script")), bytes.Contains(low, []byte("javascript:")):
		return WebPage
	case bytes.Contains(low, []byte("urn:schemas-microsoft-com:office:spreadsheet")) && strings.HasSuffix(root, "workbook"):
		return Table03
	case strings.HasSuffix(root, "worddocument"), bytes.Contains(low, []byte("schemas.microsoft.com/office/2006/xmlpackage")):
		return Word03
	}
	return XML
}

var element = regexp.MustCompile(`<([a-z_:][a-z0-9_.:-]*)`)

func rootOf(low []byte) string {
	if m := element.FindSubmatch(low); m != nil {
		return string(m[1])
	}
	return ""
}

var (
	header     = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9-]*:[ \t\r\n]`)
	mailFields = regexp.MustCompile(`(?im)^(from|to|subject|date|received|return-path|mime-version|message-id|content-type|delivered-to|x-[a-z-]+):`)
)

// startsAsMail reports the fields of a mail at the beginning: at least two that mails have.
func startsAsMail(plain []byte) bool {
	head, _, _ := bytes.Cut(plain, []byte("\n\n"))
	head, _, _ = bytes.Cut(head, []byte("\r\n\r\n"))
	return header.Match(plain) && len(mailFields.FindAll(head, 3)) >= 2
}

func mailKind(low []byte, ext string) Kind {
	if ext != ".eml" && bytes.Contains(low[:min(len(low), 4096)], []byte("multipart/related")) && (ext == ".mht" || ext == ".mhtml" || bytes.Contains(low, []byte("snapshot-content-location"))) {
		return MHT
	}
	return Mail
}
