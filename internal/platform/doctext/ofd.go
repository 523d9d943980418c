package doctext

import (
	"encoding/xml"
	"io"
	"strings"
)

// invoiceNames are the elements of an invoice's data, and the facts they are.
var invoiceNames = map[string]string{
	"InvoiceCode": "invoice_code", "InvoiceNo": "invoice_no", "EIid": "invoice_no", "InvoiceNumber": "invoice_no", "IssueDate": "date", "IssueTime": "date", "RequestTime": "date",
	"TaxInclusiveTotalAmount": "total", "TotalTax-includedAmount": "total", "TaxExclusiveTotalAmount": "net", "TotalAmWithoutTax": "net", "TaxTotalAmount": "tax", "TotalTaxAm": "tax",
	"SellerName": "seller", "SellerTaxID": "seller_no", "SellerIdNum": "seller_no", "BuyerName": "buyer", "BuyerTaxID": "buyer_no", "BuyerIdNum": "buyer_no",
}

// customNames are the same as OFD.xml names them.
var customNames = map[string]string{
	"发票代码": "invoice_code", "发票号码": "invoice_no", "开票日期": "date", "合计金额": "net", "合计税额": "tax", "价税合计": "total",
	"销售方名称": "seller", "购买方名称": "buyer", "销售方纳税人识别号": "seller_no", "购买方纳税人识别号": "buyer_no",
}

// readOFD reads the facts of an OFD document and the text of its pages.
func readOFD(r io.ReaderAt, size int64) (Text, error) {
	p, err := openPack(r, size)
	if err != nil {
		return Text{}, err
	}
	root, err := p.read("ofd.xml")
	if err != nil {
		return Text{}, err
	}
	var t Text
	custom(root, &t)
	parts := partsOf(p, root)
	texts := map[string]string{}
	l := newLines()
	for _, name := range parts.pages[:min(len(parts.pages), mostParts)] {
		raw, err := p.read(name)
		if err != nil {
			l.cut = true
			continue
		}
		pageText(raw, l, texts)
	}
	for _, name := range parts.tags {
		if raw, err := p.read(name); err == nil {
			tagged(raw, texts, &t)
		}
	}
	for _, name := range parts.attached {
		if raw, err := p.read(name); err == nil {
			invoiceFacts(raw, &t)
		}
	}
	t.Lines, t.Cut = l.done(), l.cut
	return t, nil
}

// custom reads what OFD.xml says of the document itself.
func custom(raw []byte, t *Text) {
	var root struct {
		Body []struct {
			Info struct {
				Title  string `xml:"Title"`
				Author string `xml:"Author"`
				Custom []struct {
					Name  string `xml:"Name,attr"`
					Value string `xml:",chardata"`
				} `xml:"CustomDatas>CustomData"`
			} `xml:"DocInfo"`
		} `xml:"DocBody"`
	}
	if decoder(raw).Decode(&root) != nil {
		return // the pages are read all the same
	}
	for _, b := range root.Body {
		t.fact("title", "", b.Info.Title)
		t.fact("author", "", b.Info.Author)
		for _, c := range b.Info.Custom {
			if name := customNames[strings.TrimSpace(c.Name)]; name != "" {
				t.fact(name, "", c.Value)
			} else {
				t.fact("", c.Name, c.Value)
			}
		}
	}
}

// pageText gathers the text of a page: each object is a line of its own, and is known by its number.
func pageText(raw []byte, l *lines, texts map[string]string) {
	d := decoder(raw)
	object, within := "", false
	for !l.full() {
		tok, err := d.Token()
		if err != nil {
			return // as far as it goes
		}
		switch e := tok.(type) {
		case xml.StartElement:
			switch e.Name.Local {
			case "TextObject":
				object = attribute(e, "ID")
			case "TextCode":
				within = true
			}
		case xml.EndElement:
			switch e.Name.Local {
			case "TextCode":
				within = false
			case "TextObject":
				l.end()
			}
		case xml.CharData:
			if within {
				l.add(string(e))
				if len(texts) < 10_000 {
					texts[object] += string(e)
				}
			}
		}
	}
}

func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// tagged reads which object of a page says which fact of an invoice.
func tagged(raw []byte, texts map[string]string, t *Text) {
	d := decoder(raw)
	var at []string
	found := map[string]string{}
	for {
		tok, err := d.Token()
		if err != nil || len(at) > 50 {
			break
		}
		switch e := tok.(type) {
		case xml.StartElement:
			at = append(at, e.Name.Local)
		case xml.EndElement:
			at = at[:max(len(at)-1, 0)]
		case xml.CharData:
			if len(at) > 1 && at[len(at)-1] == "ObjectRef" {
				found[at[len(at)-2]] += texts[strings.TrimSpace(string(e))]
			}
		}
	}
	for element, value := range found {
		if name := invoiceNames[element]; name != "" {
			t.known(name, value)
		}
	}
}

// known adds a fact unless another source has said it already.
func (t *Text) known(name, value string) {
	for _, f := range t.Facts {
		if f.Name == name {
			return
		}
	}
	t.fact(name, "", value)
}

// invoiceFacts reads the facts of an invoice in XML, whatever stands around them.
func invoiceFacts(raw []byte, t *Text) {
	d := decoder(raw)
	name := ""
	for {
		tok, err := d.Token()
		if err != nil {
			return // as far as it goes
		}
		switch e := tok.(type) {
		case xml.StartElement:
			name = invoiceNames[e.Name.Local]
		case xml.EndElement:
			name = ""
		case xml.CharData:
			if name != "" {
				t.known(name, string(e))
			}
		}
	}
}
