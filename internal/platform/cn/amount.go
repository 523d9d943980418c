package cn

import (
	"regexp"
	"strconv"
	"strings"
)

// What can be the matter with an amount of money.
const (
	MoneyNegative      Problem = "money.negative"       // words are written for positive amounts: a refund voucher is positive
	MoneyTooLarge      Problem = "money.too_large"      // beyond 9999 亿 in words, or beyond int64 fen
	MoneyTooPrecise    Problem = "money.too_precise"    // more than two decimals
	MoneyBadGroups     Problem = "money.bad_groups"     // 1,23: commas not between groups of three
	MoneyNotUnderstood Problem = "money.not_understood" // not an amount
	MoneyExcelRounded  Problem = "money.excel_rounded"  // 1.2E+10
)

// maxWordsFen is the first amount that would need the word for a million million.
const maxWordsFen = 1_0000_0000_0000 * 100

var capitals = []string{"零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"}

// AmountInWords writes fen in capital numerals (支付结算办法 annex; 会计基础工作规范), without the prefix 人民币:
// 整 after 元 or 角, nothing after 分; one 零 for inner zeros; where 零 is optional (万 or 元 digit 0) none is written.
func AmountInWords(fen int64) (string, error) {
	switch {
	case fen < 0:
		return "", MoneyNegative
	case fen >= maxWordsFen:
		return "", MoneyTooLarge
	}
	yuan, jiao, cents := fen/100, fen/10%10, fen%10
	var b strings.Builder
	if yuan > 0 || fen == 0 {
		b.WriteString(integerWords(yuan) + "元")
	}
	switch {
	case jiao > 0:
		b.WriteString(capitals[jiao] + "角")
	case cents > 0 && yuan > 0:
		b.WriteString("零")
	}
	if cents > 0 {
		b.WriteString(capitals[cents] + "分")
	} else {
		b.WriteString("整")
	}
	return b.String(), nil
}

// integerWords writes a number below 10^12 in sections of four digits: 亿, 万, and the rest.
func integerWords(n int64) string {
	if n == 0 {
		return capitals[0]
	}
	words := ""
	for i, unit := range []string{"亿", "万", ""} {
		section := n / [...]int64{1_0000_0000, 1_0000, 1}[i] % 1_0000
		if section == 0 {
			continue
		}
		skipped := i == 2 && words != "" && n/1_0000%1_0000 == 0 // 壹亿零壹仟
		if words != "" && (section < 1000 || skipped) {
			words += "零"
		}
		words += sectionWords(section) + unit
	}
	return words
}

func sectionWords(n int64) string {
	words, gap := "", false
	for i, unit := range []string{"仟", "佰", "拾", ""} {
		digit := n / [...]int64{1000, 100, 10, 1}[i] % 10
		if digit == 0 {
			gap = words != ""
			continue
		}
		if gap {
			words += "零"
		}
		words, gap = words+capitals[digit]+unit, false
	}
	return words
}

var (
	plainWords = strings.NewReplacer("人民币", "", "RMB", "", "¥", "", "正", "整", "圆", "元", "圓", "元", "萬", "万", "億", "亿",
		"一", "壹", "二", "贰", "三", "叁", "四", "肆", "五", "伍", "六", "陆", "七", "柒", "八", "捌", "九", "玖", "〇", "零", "○", "零",
		"貳", "贰", "弍", "贰", "參", "叁", "叄", "叁", "两", "贰", "陸", "陆", "十", "拾", "百", "佰", "千", "仟", ":", "")
	amountShape = regexp.MustCompile(`^(?:([零壹贰叁肆伍陆柒捌玖拾佰仟万亿]+)元)?(?:零?([零壹贰叁肆伍陆柒捌玖])角)?(?:零?([壹贰叁肆伍陆柒捌玖])分)?整?$`)
	badZero     = regexp.MustCompile(`零零|[壹贰叁肆伍陆柒捌玖]零|零[拾佰仟万亿]`)
)

// ParseWords reads an amount in words, with or without the optional 零 and 整, in capital or plain numerals.
// What it accepts is exactly what AmountInWords would write, but for those.
func ParseWords(text string) (int64, error) {
	t := plainWords.Replace(Compact(text))
	m := amountShape.FindStringSubmatch(t)
	if t == "" || m == nil || m[1]+m[2]+m[3] == "" || len(t) > 120 || badZero.MatchString(t) {
		return 0, MoneyNotUnderstood
	}
	fen := sectionsValue(m[1])*100 + capitalValue(m[2])*10 + capitalValue(m[3])
	written, err := AmountInWords(fen)
	if err != nil {
		return 0, err
	}
	if bare(written) != bare(t) {
		return 0, MoneyNotUnderstood
	}
	return fen, nil
}

// bare drops what may be written or left out: zeros, 整, 元 after nothing, and the 壹 of a leading 壹拾.
func bare(words string) string {
	t := strings.NewReplacer("零元", "", "零角", "", "零", "", "整", "").Replace(words)
	if strings.HasPrefix(t, "壹拾") {
		t = strings.TrimPrefix(t, "壹")
	}
	return t
}

func capitalValue(s string) int64 {
	for i, c := range capitals {
		if c == s {
			return int64(i)
		}
	}
	return 0
}

// sectionsValue adds up an integer in words; ParseWords checks it by writing it again.
func sectionsValue(words string) int64 {
	var total, section, digit int64
	for _, r := range words {
		switch r {
		case '仟', '佰', '拾':
			if r == '拾' && digit == 0 && section == 0 {
				digit = 1
			}
			section += digit * map[rune]int64{'仟': 1000, '佰': 100, '拾': 10}[r]
			digit = 0
		case '万':
			total, section, digit = total+(section+digit)*1_0000, 0, 0
		case '亿':
			total, section, digit = (total+section+digit)*1_0000_0000, 0, 0
		default:
			digit = capitalValue(string(r))
		}
		if total > maxWordsFen {
			return maxWordsFen
		}
	}
	return total + section + digit
}

// FormatMoney writes fen as ¥1,234.50, with the sign before the mark: -¥20.00 (ui.md §5).
func FormatMoney(fen int64) string {
	sign, n := "", uint64(fen)
	if fen < 0 {
		sign, n = "-", -uint64(fen)
	}
	yuan := strconv.FormatUint(n/100, 10)
	for i := len(yuan) - 3; i > 0; i -= 3 {
		yuan = yuan[:i] + "," + yuan[i:]
	}
	return sign + "¥" + yuan + "." + strconv.Itoa(int(n/10%10)) + strconv.Itoa(int(n%10))
}

var (
	moneyShape  = regexp.MustCompile(`^(-?)(?:¥|RMB|CNY)?(-?)(\d[\d,]*)?(?:\.(\d*))?(元|万元|万)?整?$`)
	moneyGroups = regexp.MustCompile(`^\d{1,3}(,\d{3})*$`)
	moneyFloat  = regexp.MustCompile(`^-?\d(\.\d+)?E[+-]?\d+$`)
)

// ParseMoney reads an amount in figures: ¥1,234.50, 1234.5元, -20, (20.00), 1.2万. It never rounds.
func ParseMoney(text string) (int64, error) {
	t := foldDashes(Compact(text))
	if inner, ok := strings.CutPrefix(t, "("); ok && strings.HasSuffix(inner, ")") { // the bookkeeper's minus
		t = "-" + strings.TrimSuffix(inner, ")")
	}
	if moneyFloat.MatchString(t) {
		return 0, MoneyExcelRounded
	}
	m := moneyShape.FindStringSubmatch(t)
	if m == nil || m[3]+m[4] == "" || m[1] != "" && m[2] != "" {
		return 0, MoneyNotUnderstood
	}
	if strings.Contains(m[3], ",") && !moneyGroups.MatchString(m[3]) {
		return 0, MoneyBadGroups
	}
	decimals := 2
	if strings.HasPrefix(m[5], "万") {
		decimals = 6
	}
	fraction := strings.TrimRight(m[4], "0")
	if len(fraction) > decimals {
		return 0, MoneyTooPrecise
	}
	whole := strings.ReplaceAll(m[3], ",", "") + fraction + strings.Repeat("0", decimals-len(fraction))
	fen, err := strconv.ParseInt(m[1]+m[2]+whole, 10, 64)
	if err != nil {
		return 0, MoneyTooLarge
	}
	return fen, nil
}
