package sheet

import "strings"

// richPictures finds the pictures in cells as Excel keeps them since 2023: a cell's vm attribute counts a list of values in
// xl/metadata.xml, that leads to a rich value, that to a relation ([MS-XLSX] §2.2.4.5). It gives the part by vm, from 1.
func (b *xlsxBook) richPictures(rels relations) error {
	meta := b.partOr(rels.byType["sheetMetadata"], "xl/metadata.xml")
	if meta == "" || b.partOr("xl/richData/rdrichvalue.xml") == "" {
		return nil
	}
	values, err := b.valuesOfMetadata(meta)
	if err != nil {
		return err
	}
	parts, err := b.richParts()
	if err != nil {
		return err
	}
	for _, v := range values {
		part := ""
		if v >= 0 && v < len(parts) {
			part = parts[v]
		}
		b.rich = append(b.rich, part)
	}
	return nil
}

// partOr is the first of some parts that the file has.
func (b *xlsxBook) partOr(names ...string) string {
	for _, n := range names {
		if n != "" && b.parts.files[strings.ToLower(n)] != nil {
			return n
		}
	}
	return ""
}

// valuesOfMetadata gives for each entry of valueMetadata the rich value it means, or -1.
func (b *xlsxBook) valuesOfMetadata(part string) (values []int, err error) {
	var types []string
	var future []int
	inside := ""
	err = eachElement(b.parts, part, func(x *xmlScanner) error {
		switch string(x.name) {
		case "metadataType":
			types = append(types, x.attrText("name"))
		case "futureMetadata", "valueMetadata", "cellMetadata":
			inside = string(x.name) + " " + x.attrText("name")
		case "rvb":
			if i, ok := x.number("i"); ok && inside == "futureMetadata XLRICHVALUE" && len(future) < maxHung {
				future = append(future, i)
			}
		case "rc":
			if !strings.HasPrefix(inside, "valueMetadata") || len(values) >= maxHung {
				return nil
			}
			kind, _ := x.number("t")
			v, _ := x.number("v")
			value := -1
			if kind >= 1 && kind <= len(types) && types[kind-1] == "XLRICHVALUE" && v < len(future) {
				value = future[v]
			}
			values = append(values, value)
		}
		return nil
	})
	return values, err
}

// richParts gives the part of each rich value that is a picture in the file.
func (b *xlsxBook) richParts() ([]string, error) {
	at, err := b.pictureKeys()
	if err != nil {
		return nil, err
	}
	targets, err := b.richTargets()
	if err != nil {
		return nil, err
	}
	var parts []string
	in, err := b.parts.open("xl/richData/rdrichvalue.xml")
	if err != nil {
		return nil, err
	}
	defer in.Close()
	x := newXMLScanner(in, maxSmall)
	structure, place := 0, 0
	for {
		event, err := x.next()
		switch {
		case err != nil:
			return nil, xmlRefusal(err)
		case event == xmlEOF:
			return parts, nil
		case event == xmlStart && string(x.name) == "rv" && len(parts) < maxHung:
			structure, _ = x.number("s")
			place = -1
			parts = append(parts, "")
		case event == xmlStart && string(x.name) == "v":
			place++
			x.text, x.keep = x.text[:0], true
		case event == xmlEnd && string(x.name) == "v":
			x.keep = false
			n, ok := wholeNumber(x.text)
			if key, known := at[structure]; ok && known && key == place && n < len(targets) && len(parts) > 0 {
				parts[len(parts)-1] = targets[n]
			}
		}
	}
}

// pictureKeys says of each structure of rich values that is a picture which of its values names the picture.
func (b *xlsxBook) pictureKeys() (map[int]int, error) {
	at := map[int]int{}
	part := b.partOr("xl/richData/rdrichvaluestructure.xml")
	if part == "" {
		return at, nil
	}
	structure, key := -1, 0
	err := eachElement(b.parts, part, func(x *xmlScanner) error {
		switch string(x.name) {
		case "s":
			structure, key = structure+1, -1
		case "k":
			key++
			if x.attrText("n") == "_rvRel:LocalImageIdentifier" {
				at[structure] = key
			}
		}
		return nil
	})
	return at, err
}

// richTargets are the parts that rich values refer to by number.
func (b *xlsxBook) richTargets() (targets []string, err error) {
	part := b.partOr("xl/richData/richValueRel.xml")
	if part == "" {
		return nil, nil
	}
	rels, err := b.relationsOf(part)
	if err != nil {
		return nil, err
	}
	err = eachElement(b.parts, part, func(x *xmlScanner) error {
		if string(x.name) == "rel" && len(targets) < maxHung {
			targets = append(targets, rels.byID[x.relationID()])
		}
		return nil
	})
	return targets, err
}
