package cn

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// NameKind says whether a name is a person's or a company's.
type NameKind string

// The kinds; unknown asks a person to look.
const (
	NamePerson  NameKind = "person"
	NameCompany NameKind = "company"
	NameUnknown NameKind = "unknown"
)

// What can be the matter with a name.
const (
	NameOthersUnnamed Problem = "name.others_unnamed" // 张三等3人
	NameIncomplete    Problem = "name.incomplete"     // 张先生, or one character
	NameUnusual       Problem = "name.unusual"        // digits or signs in it, or too long for a person
)

// Name is one person or company of a cell.
type Name struct {
	Text     string // as typed
	Name     string // without padding, one middle dot, company brackets full width
	Kind     NameKind
	Role     string // before a colon: "业主：张三"
	Note     string // in brackets or a form of address behind: "(儿子)", 先生
	Agent    bool   // acts for somebody: （代）
	Problems []Problem
}

var (
	agentWords = setOf("代", "代办", "代签", "代理", "代理人", "委托人", "受托人", "经办", "经办人", "代领", "代收")
	nameOthers = regexp.MustCompile(`等(\d+|[一二三四五六七八九十两几]+)?(人|户|位)?$`)
	nameTitles = []string{"先生", "女士", "小姐", "太太", "夫妇", "夫妻", "师傅", "老师", "经理", "老板", "阿姨", "同志"}
	legalForms = setOf("特殊普通合伙", "普通合伙", "有限合伙", "个人独资", "个体工商户", "中国", "北京", "上海", "广州", "深圳", "集团", "股份")
)

// companyWords mark a company wherever they stand; companyEnds only at the end of a name too long for a person.
var (
	companyWords = regexp.MustCompile(`公司|集团|有限|股份|银行|学校|大学|中学|小学|幼儿园|医院|诊所|酒店|宾馆|超市|工作室|事务所|合作社|商行|商店|` +
		`委员会|居委会|业委会|政府|派出所|经营部|服务部|门市部|营业部|分部|俱乐部|药房|餐厅|饭店|(?i:\b(LTD|INC|LLC|CO\.))`)
	companyEnds = []string{"厂", "店", "部", "中心", "行", "所", "院", "社", "会", "局", "处", "站", "馆", "场", "城", "坊", "铺", "吧", "室", "园", "阁", "轩", "庄", "超",
		"网点", "教育", "美容", "科技", "餐饮", "服饰"}
)

// companyFirsts are the characters companyWords begin with: most names have none, and a roster has a hundred thousand.
const companyFirsts = "公集有股银学大中小幼医诊酒宾超工事合商委居业政派经服门营分俱药餐饭LlIiCc"

func hasCompanyWord(s string) bool {
	return strings.ContainsAny(s, companyFirsts) && companyWords.MatchString(s)
}

func endsAsCompany(s string) bool {
	return slices.ContainsFunc(companyEnds, func(end string) bool { return strings.HasSuffix(s, end) })
}

// cutTitle takes a form of address off the end.
func cutTitle(s string) (before, title string) {
	for _, title := range nameTitles {
		if before, ok := strings.CutSuffix(s, title); ok {
			return before, title
		}
	}
	return s, ""
}

// ParseNames reads a cell of names: "张三/李四", "王　伟", "张三（代）", "某某（中国）有限公司".
// A placeholder cell has none. Han characters are kept as typed, never folded to a commoner form.
func ParseNames(cell string) []Name {
	if IsPlaceholder(cell) {
		return nil
	}
	if len(cell) > maxCell {
		return []Name{{Text: cell, Name: strings.ToValidUTF8(cell, "\uFFFD"), Kind: NameUnknown, Problems: []Problem{NameUnusual}}}
	}
	var out []Name
	for _, piece := range splitNames(cell) {
		role := ""
		if before, after, ok := cutColon(piece); ok {
			role, piece = before, after
		}
		for _, typed := range nameWords(piece) {
			if n := readName(typed); n.Name != "" {
				n.Role = role
				out = append(out, n)
			}
		}
	}
	return out
}

// firmAnd is the sign within a firm's name that else stands between people: O'Neil & Co, A&B.
var firmAnd = regexp.MustCompile(`[&＆] *(?i:co|company|sons|bros|partners|associates|ltd|inc|llc)\b|\b[A-Z]{1,3} *[&＆] *[A-Z]{1,3}\b`)

// splitNames cuts at separators outside brackets.
func splitNames(cell string) []string {
	depth, firm := 0, firmAnd.MatchString(cell)
	return strings.FieldsFunc(strings.ToValidUTF8(cell, "\uFFFD"), func(r rune) bool {
		switch r {
		case '(', '（', '[', '【':
			depth++
		case ')', '）', ']', '】':
			depth = max(depth-1, 0)
		case '/', '／', '、', ',', '，', ';', '；', '|', '｜':
			return depth == 0
		case '&', '＆':
			return depth == 0 && !firm
		case '\n', '\r':
			depth = 0
			return true
		}
		return false
	})
}

func cutColon(s string) (before, after string, ok bool) {
	i := strings.IndexAny(s, ":：")
	if i < 0 || strings.ContainsAny(s[:i], "(（[【") && !strings.ContainsAny(s[:i], ")）]】") { // 张三（继承人：张小三）
		return "", s, false
	}
	_, width := utf8.DecodeRuneInString(s[i:])
	return strings.TrimSpace(s[:i]), s[i+width:], true
}

// nameWords cuts at blanks where they part people ("张三 李四"), and joins where they pad ("王　伟", "Tom Smith").
func nameWords(piece string) []string {
	words := strings.FieldsFunc(piece, func(r rune) bool { return unicode.IsSpace(r) })
	if hasCompanyWord(piece) || strings.ContainsAny(piece, "(（[【") {
		return []string{strings.Join(words, " ")}
	}
	var out []string
	open := false // the last name may still take the next word
	for _, w := range words {
		size, last := utf8.RuneCountInString(w), len(out)-1
		switch {
		case open && size <= 2 && hasHan(w):
			out[last] += " " + w
			open = false
		case last >= 0 && !hasHan(w) && !hasHan(out[last]):
			out[last] += " " + w
		default:
			out = append(out, w)
			open = hasHan(w) && (size == 1 || doubleSurnames[w] != "")
		}
	}
	return out
}

func readName(typed string) Name {
	n := Name{Text: strings.TrimSpace(typed), Kind: NamePerson}
	text := foldName(typed)
	if IsPlaceholder(text) {
		return n
	}
	if hasCompanyWord(text) {
		n.readCompany(text)
		return n
	}
	text, n.Note = cutBrackets(text)
	n.Agent = agentWords[n.Note]
	if strings.Contains(text, "等") {
		if loc := nameOthers.FindStringIndex(text); loc != nil && loc[0] >= 2*utf8.RuneLen('张') {
			text = text[:loc[0]]
			n.add(NameOthersUnnamed)
		}
	}
	if before, title := cutTitle(text); title != "" {
		if utf8.RuneCountInString(before) >= 2 && doubleSurnames[before] == "" {
			text, n.Note = before, strings.TrimSpace(title+" "+n.Note)
		} else {
			n.add(NameIncomplete)
		}
	}
	n.Name = text
	n.judge()
	return n
}

// judge decides the kind of a name that has no company word in it.
func (n *Name) judge() {
	size := utf8.RuneCountInString(n.Name)
	odd := strings.ContainsFunc(n.Name, func(r rune) bool { return !unicode.IsLetter(r) && !strings.ContainsRune("· .-'’", r) })
	switch {
	case n.Name == "":
		n.Name, n.Kind = n.Text, NameUnknown
		n.add(NameUnusual)
	case hasHan(n.Name) && endsAsCompany(n.Name) && (size >= 4 && !strings.Contains(n.Name, "·") || size == 3 && strings.ContainsAny(n.Name, "厂店")):
		n.Kind = NameCompany
	case firmAnd.MatchString(n.Name):
		n.Kind = NameCompany
	case odd, size > 4 && hasHan(n.Name) && !strings.Contains(n.Name, "·") && len(n.Problems) == 0, size > 60:
		n.Kind = NameUnknown
		n.add(NameUnusual)
	case size < 2:
		n.add(NameIncomplete)
	}
}

func (n *Name) add(p Problem) { n.Problems = append(n.Problems, p) }

// readCompany keeps brackets inside a company's name, full width, and takes others behind it as a note.
func (n *Name) readCompany(text string) {
	n.Kind = NameCompany
	if before, note := cutBrackets(text); note != "" && !legalForms[note] && companyTail(before) {
		text, n.Note = before, note
		n.Agent = agentWords[note]
	}
	n.Name = strings.NewReplacer("(", "（", ")", "）").Replace(text)
}

func companyTail(s string) bool {
	locs := companyWords.FindAllStringIndex(s, -1)
	return len(locs) > 0 && locs[len(locs)-1][1] == len(s) || endsAsCompany(s)
}

// cutBrackets takes the last pair of brackets off the end; brackets elsewhere stay.
func cutBrackets(s string) (before, note string) {
	if !strings.HasSuffix(s, ")") {
		if i := strings.LastIndex(s, "("); i > 0 && !strings.Contains(s[i:], ")") { // never closed
			return strings.TrimSpace(s[:i]), strings.TrimSpace(s[i+1:])
		}
		return s, ""
	}
	i := strings.LastIndex(s, "(")
	if i <= 0 {
		return s, ""
	}
	return strings.TrimSpace(s[:i]), strings.TrimSpace(s[i+1 : len(s)-1])
}

// foldName narrows full-width ASCII, sets the one middle dot U+00B7 and drops blanks between Han characters.
// It does not use NFKC: that would change characters people really bear.
func foldName(s string) string {
	var r []rune
	for _, c := range s {
		switch {
		case c >= '！' && c <= '～':
			c -= '！' - '!'
		case strings.ContainsRune("・•‧∙⋅･●", c):
			c = '·'
		case unicode.IsSpace(c):
			c = ' '
		case unicode.Is(unicode.Variation_Selector, c): // part of a rare character's identity
		case invisible(c):
			continue
		}
		r = append(r, c)
	}
	var b strings.Builder
	for i, c := range r {
		besideHan := i > 0 && isHan(r[i-1]) || i+1 < len(r) && isHan(r[i+1])
		switch {
		case c == ' ' && (besideHan || i > 0 && r[i-1] == ' '):
			continue
		case c == '.' && i > 0 && isHan(r[i-1]) && i+1 < len(r) && isHan(r[i+1]):
			c = '·'
		}
		b.WriteRune(c)
	}
	return strings.TrimSpace(b.String())
}

// NameKey is the form in which two names are compared: folded, upper case, no blanks, dots or brackets' width.
func NameKey(name string) string {
	return strings.ReplaceAll(Compact(foldName(name)), "·", "")
}

// MaskName leaves the surname: 张*, 欧阳*, in cells of several people too. Companies stay (docs/domain.md §6).
func MaskName(cell string) string {
	var out []string
	for _, n := range ParseNames(cell) {
		out = append(out, n.mask())
	}
	return strings.Join(out, "、")
}

func (n Name) mask() string {
	if n.Kind == NameCompany {
		return n.Name
	}
	for surname := range doubleSurnames {
		if rest, ok := strings.CutPrefix(n.Name, surname); ok && rest != "" {
			return surname + "*"
		}
	}
	r, _ := utf8.DecodeRuneInString(n.Name)
	return string(r) + "*"
}
