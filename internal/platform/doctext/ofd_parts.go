package doctext

import (
	"encoding/xml"
	"path"
	"regexp"
	"slices"
	"strings"
)

// ofdParts are the parts of an OFD document that are read, in reading order, by their names in the container.
type ofdParts struct{ pages, tags, attached []string }

// ofdDocument is what Document.xml says of where the other parts lie (GB/T 33190 §7.5).
type ofdDocument struct {
	Templates   []ofdPlace `xml:"CommonData>TemplatePage"`
	Pages       []ofdPlace `xml:"Pages>Page"`
	CustomTags  string     `xml:"CustomTags"`
	Attachments string     `xml:"Attachments"`
}

type ofdPlace struct {
	BaseLoc string `xml:"BaseLoc,attr"`
}

var (
	usualPage    = regexp.MustCompile(`(?:^|/)pages/page_?([0-9]*)/content\.xml$`)
	usualTag     = regexp.MustCompile(`(?:^|/)(?:customtag|tag_invoice)()\.xml$`)
	usualInvoice = regexp.MustCompile(`original_invoice()\.xml$`)
)

// partsOf follows the document's own references: a program may lay its parts wherever it likes. What they do not lead to is found
// where most programs lay it. The words of a template stand on the page, so templates come first.
func partsOf(p *pack, root []byte) ofdParts {
	var body struct {
		DocRoot []string `xml:"DocBody>DocRoot"`
	}
	_ = decoder(root).Decode(&body) // what it says as far as it goes
	var parts ofdParts
	for _, at := range body.DocRoot {
		at = within("", at)
		raw, err := p.read(at)
		if err != nil {
			continue
		}
		var doc ofdDocument
		_ = decoder(raw).Decode(&doc)
		dir := path.Dir(at)
		for _, place := range slices.Concat(doc.Templates, doc.Pages) {
			if name := within(dir, place.BaseLoc); p.files[name] != nil {
				parts.pages = append(parts.pages, name)
			}
		}
		parts.tags = append(parts.tags, p.listed(within(dir, doc.CustomTags), "FileLoc")...)
		for _, name := range p.listed(within(dir, doc.Attachments), "FileLoc") {
			if strings.HasSuffix(name, ".xml") {
				parts.attached = append(parts.attached, name)
			}
		}
	}
	if len(parts.pages) == 0 {
		parts.pages = p.matching(usualPage)
	}
	parts.tags = besides(parts.tags, p.matching(usualTag))
	parts.attached = besides(parts.attached, p.matching(usualInvoice))
	return parts
}

// within is the name in the container of what a part in a folder refers to: beside it, or from the container's root.
func within(dir, loc string) string {
	loc = strings.ReplaceAll(strings.TrimSpace(loc), `\`, "/")
	if loc == "" {
		return ""
	}
	if !strings.HasPrefix(loc, "/") {
		loc = path.Join("/", dir, loc)
	}
	return partName(path.Clean(loc))
}

// listed are the parts that a list of parts names in elements of one name.
func (p *pack) listed(list, element string) (names []string) {
	if p.files[list] == nil {
		return nil
	}
	raw, err := p.read(list)
	if err != nil {
		return nil
	}
	d := decoder(raw)
	in := false
	for {
		tok, err := d.Token()
		if err != nil {
			return names
		}
		switch e := tok.(type) {
		case xml.StartElement:
			in = e.Name.Local == element
		case xml.EndElement:
			in = false
		case xml.CharData:
			if name := within(path.Dir(list), string(e)); in && p.files[name] != nil {
				names = append(names, name)
			}
		}
	}
}

// besides adds what is not among some names yet.
func besides(names, more []string) []string {
	for _, name := range more {
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}
