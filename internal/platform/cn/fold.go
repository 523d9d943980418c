package cn

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Fold makes typed text comparable: NFKC (full-width forms become ASCII), zero-width and control characters gone,
// every kind of blank one space, ends trimmed. Case is kept. Bytes that are not UTF-8 become U+FFFD.
func Fold(text string) string {
	var b strings.Builder
	blank := false
	for _, r := range norm.NFKC.String(strings.ToValidUTF8(text, "\uFFFD")) {
		switch {
		case unicode.IsSpace(r):
			blank = b.Len() > 0
		case invisible(r):
		default:
			if blank {
				b.WriteByte(' ')
				blank = false
			}
			b.WriteRune(r)
		}
	}
	return b.String()
}

// Compact is Fold without any spaces and apostrophes, in upper case: the form in which numbers are checked.
// Apostrophes go because spreadsheets use a leading one to keep a number as text.
func Compact(text string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case ' ', '\'', '`', '‘', '’', 'ʼ', '′':
			return -1
		}
		return unicode.ToUpper(r)
	}, Fold(text))
}

// IsPlaceholder reports whether a cell says that there is nothing, or nothing yet: "/", "无", "待补".
func IsPlaceholder(text string) bool {
	t := bareWord(text)
	return t == "" || placeholders[t] != nothingHere || noneWords[t] || unsoldWords[t] || untakenWords[t]
}

// unsoldWords say of a unit that it has no buyer yet, untakenWords that nobody is in it: either stands where a name would.
var (
	unsoldWords  = setOf("未售", "开发商未售", "未销售", "未出售", "待售", "尚未出售", "UNSOLD")
	untakenWords = setOf("空置", "空房", "空户", "空铺", "未交付", "未交房", "VACANT")
)

// bareWord is a text without the marks that stand around words for nothing: （空置）, -无-.
func bareWord(text string) string { return strings.Trim(foldDashes(Compact(text)), "-/.。\\_*()?") }

// SaysUnsold reports a word that says of a unit that it is not sold.
func SaysUnsold(text string) bool { return unsoldWords[bareWord(text)] }

// SaysNobodyHolds reports a word that stands for the name of an owner and says that there is none, or none in the unit.
func SaysNobodyHolds(text string) bool { return SaysUnsold(text) || untakenWords[bareWord(text)] }

// noneWords mean that the value does not exist or is not known; placeholders adds those that promise one.
var noneWords = setOf("无", "没有", "暂无", "空", "未知", "不详", "不明", "未填", "未登记", "未提供",
	"N/A", "NA", "NULL", "NIL", "NONE")

// noPhoneWords say of a person that he cannot be called.
var noPhoneWords = setOf("没有电话", "没电话", "无电话", "无手机", "没有手机", "没手机", "不用手机", "无号码", "没有号码", "无联系电话", "没有联系电话", "无联系方式", "没有联系方式")

// unwillingWords say that he does not want to be.
var unwillingWords = setOf("不愿留", "不愿提供", "不肯留", "不留电话", "不提供", "不愿留电话", "不便提供", "拒绝提供", "拒绝留", "拒留", "保密")

// SaysNoPhone reports whether a text says of a person that he has no telephone, and whether it says more than that.
func SaysNoPhone(text string) (says, more bool) {
	t := strings.Trim(foldDashes(Compact(text)), "-/.。,，!！")
	return noneWords[t] || noPhoneWords[t] || unwillingWords[t], unwillingWords[t]
}

type placeholder uint8

const (
	nothingHere placeholder = iota
	toCome
)

var placeholders = map[string]placeholder{"待补": toCome, "待定": toCome, "待补充": toCome, "待查": toCome, "待核": toCome, "后补": toCome}

func setOf(words ...string) map[string]bool {
	m := make(map[string]bool, len(words))
	for _, w := range words {
		m[w] = true
	}
	return m
}

// invisible is true for what prints nothing: zero-width marks, controls, variation selectors, fillers.
func invisible(r rune) bool {
	return unicode.Is(unicode.Cf, r) || unicode.IsControl(r) || unicode.Is(unicode.Variation_Selector, r) ||
		r == 0x115F || r == 0x1160 || r == 0x3164 || r == 0x034F
}

// foldDashes turns every dash people type into "-".
func foldDashes(s string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case '‐', '‑', '‒', '–', '—', '―', '−', '﹣', '─':
			return '-'
		case '～', '〜', '∼':
			return '~'
		}
		return r
	}, s)
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// allDigits is true for one or more ASCII digits and nothing else.
func allDigits(s string) bool {
	for i := range len(s) {
		if !isDigit(s[i]) {
			return false
		}
	}
	return s != ""
}

// digitsOf keeps the ASCII digits of a folded text.
func digitsOf(s string) string {
	return strings.Map(func(r rune) rune {
		if '0' <= r && r <= '9' {
			return r
		}
		return -1
	}, s)
}

// number reads a short run of digits; the patterns before it guarantee that it fits.
func number(s string) int {
	n := 0
	for i := range min(len(s), 9) {
		n = n*10 + int(s[i]-'0')
	}
	return n
}

// hasHan reports whether any Han character occurs.
func hasHan(s string) bool { return strings.ContainsFunc(s, isHan) }

func isHan(r rune) bool { return unicode.Is(unicode.Han, r) }

// stars replaces all but the last keep characters.
func stars(s string, keep int) string {
	r := []rune(s)
	if len(r) <= keep {
		return strings.Repeat("*", len(r))
	}
	return strings.Repeat("*", len(r)-keep) + string(r[len(r)-keep:])
}
