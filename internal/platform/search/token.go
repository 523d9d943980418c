package search

import (
	"encoding/base32"
	"strings"
	"unicode"

	"hudang/internal/platform/cn"
	"hudang/internal/platform/vault"
)

// tokenizer is counted up when the same part gives other tokens than before: the index is then made anew.
const tokenizer = 3

// A token begins with a letter that says what it is; z before it, that it is former, k, that it is of somebody who only belongs
// to the thing, a, that it stands beside.
const (
	tokHan      = "h" // one to three characters of a name
	tokSurname  = "m" // how a name begins
	tokLatin    = "l" // a word or number in a name
	tokPinyin   = "y"
	tokInitials = "i"
	tokRoom     = "r"
	tokEntrance = "x" // entrance and room, without the building
	tokBuilding = "b" // building, or building and entrance
	tokPlate    = "v"
	tokCode     = "c"
	tokRun      = "d" // keyed: four digits of a telephone number
	tokWhole    = "w" // keyed: a whole telephone number
	tokTail     = "u" // keyed: how an identity number ends
	tokID       = "n" // keyed: a whole identity number
	tokText     = "t" // keyed: one or two characters, or a word, of a text
	tokDate     = "e"
	tokScope    = "s" // estate and secrecy, or secrecy alone, of a thing
	tokPaper    = "p" // the same of a paper
)

const longText = 2000 // characters of a text that are indexed

// keyed is a token that tells nothing without the key store.
func keyed(keys *vault.Store, kind, text string) string {
	return kind + strings.ToLower(words.EncodeToString(keys.MAC("search/"+kind, []byte(text))[:10]))
}

var words = base32.StdEncoding.WithPadding(base32.NoPadding)

// tokensOf are the tokens of a source's document, each once.
func (s Source) tokensOf(keys *vault.Store, d Doc) []string {
	all := set{}
	code := secrecyOf(d.Posts)
	all.add(s.shelf(), code.in(d.Estate), code.anywhere())
	for _, p := range d.Parts {
		switch {
		case p.Beside:
			all.add(beside, partTokens(keys, p)...)
		case !p.Former && !p.Minor:
			all.add("", partTokens(keys, p)...)
		}
	}
	for _, p := range d.Parts {
		if p.Minor && !p.Former && !p.Beside {
			all.addMinor(partTokens(keys, p))
		}
	}
	for _, p := range d.Parts {
		if p.Former && !p.Beside {
			all.addFormer(partTokens(keys, p))
		}
	}
	return all.sorted()
}

func partTokens(keys *vault.Store, p Part) []string {
	switch p.Kind {
	case Name:
		return nameTokens(p.Text, p.Text)
	case Company:
		return nameTokens(p.Text, head(p.Text, 8))
	case Title:
		return titleTokens(p.Text)
	case Room:
		return roomTokens(p.Text)
	case Phone:
		return phoneTokens(keys, p.Text)
	case ID:
		return idTokens(keys, p.Text)
	case Plate:
		return plateTokens(p.Text)
	case Text:
		return textTokens(keys, p.Text)
	case Code:
		if form := codeForm(p.Text); form != "" {
			return []string{tokCode + form}
		}
	case Date:
		return dateTokens(p.Text)
	}
	return nil
}

// shelf is the letter of the scope of a source's documents: papers are asked for apart.
func (s Source) shelf() string {
	if s.Papers {
		return tokPaper
	}
	return tokScope
}

const monthLong = len("2006-01")

// dateTokens are a stored date and its month. A year alone finds nothing: it is in every number.
func dateTokens(date string) []string {
	if len(date) < monthLong {
		return nil
	}
	out := []string{tokDate + date}
	if len(date) > monthLong {
		out = append(out, tokDate+date[:monthLong])
	}
	return out
}

func head(s string, n int) string {
	r := []rune(s)
	return string(r[:min(len(r), n)])
}

// nameTokens are a name's characters, and the pinyin of as much of it as is given.
func nameTokens(name, spoken string) []string {
	out := append(charTokens(name), surnameTokens(name)...)
	for _, s := range cn.Readings(spoken) {
		out = append(out, tokPinyin+s)
	}
	for _, s := range cn.Initials(spoken) {
		out = append(out, tokInitials+s)
	}
	return out
}

const longSpoken = 8 // characters of a title that somebody spells in a row

// titleTokens are a title's characters, its pinyin from the beginning, and its initials from any character on: sfz finds
// the copy of an owner's identity card.
func titleTokens(title string) []string {
	out := nameTokens(title, head(title, longSpoken))
	for _, r := range runs(head(title, 64)) {
		all := []rune(r.text)
		for i := range all {
			for _, s := range cn.Initials(string(all[i:min(len(all), i+longSpoken)])) {
				out = append(out, tokInitials+s)
			}
			if !r.han {
				break
			}
		}
	}
	return out
}

// charTokens are a name's characters in rows of one to three, and its words in another script.
func charTokens(name string) []string {
	var out []string
	for _, r := range runs(head(name, 64)) {
		if !r.han {
			out = append(out, tokLatin+r.text)
			continue
		}
		for n := 1; n <= 3; n++ {
			out = append(out, grams(tokHan, r.text, n)...)
		}
	}
	return out
}

// run is a row of Han characters, signs and blanks between them passed over, or one word in another script.
type run struct {
	text string
	han  bool
}

// runs takes a name apart, in lower case.
func runs(text string) []run {
	var out []run
	word := false // the last run is a word that may go on
	for _, r := range strings.ToLower(cn.Fold(text)) {
		han := unicode.Is(unicode.Han, r)
		switch last := len(out) - 1; {
		case !han && !unicode.IsLetter(r) && !unicode.IsDigit(r):
			word = false
			continue
		case last >= 0 && han && out[last].han, last >= 0 && !han && word:
			out[last].text += string(r)
		default:
			out = append(out, run{string(r), han})
		}
		word = !han
	}
	return out
}

// grams are all rows of n characters of a text.
func grams(kind, text string, n int) []string {
	r := []rune(text)
	var out []string
	for i := 0; i+n <= len(r); i++ {
		out = append(out, kind+string(r[i:i+n]))
	}
	return out
}

// textTokens are the keyed characters, pairs and words of a text.
func textTokens(keys *vault.Store, text string) []string {
	var out []string
	for _, r := range runs(head(text, longText)) {
		if !r.han {
			out = append(out, keyed(keys, tokText, r.text))
			continue
		}
		for n := 1; n <= 2; n++ {
			for _, gram := range grams("", r.text, n) {
				out = append(out, keyed(keys, tokText, gram))
			}
		}
	}
	return out
}

// codeForm keeps the letters and digits of a number.
func codeForm(text string) string {
	return strings.ToLower(strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, cn.Fold(text)))
}
