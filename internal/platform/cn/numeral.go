package cn

import "strings"

// hanDigits are the numerals of ordinary writing; the capital ones of money stand in amount.go.
var hanDigits = map[rune]int{'〇': 0, '○': 0, '零': 0, '一': 1, '二': 2, '两': 2, '三': 3, '四': 4, '五': 5, '六': 6,
	'七': 7, '八': 8, '九': 9}

const hanNumerals = "〇○零一二两三四五六七八九十廿卅百"

// hanNumber reads a Chinese numeral below 1,000 with its units (二十一, 一百零二, 廿三),
// or any row of digits up to nine long (二〇一九, 三〇一).
func hanNumber(s string) (int, bool) {
	if s == "" || len([]rune(s)) > 9 {
		return 0, false
	}
	if !strings.ContainsAny(s, "十廿卅百") {
		return hanRow(s)
	}
	total, digit := 0, -1
	limit := 1000 // units must fall from left to right
	for _, r := range s {
		unit, times := 0, 1
		switch r {
		case '十':
			unit = 10
		case '廿':
			unit, times = 10, 2
		case '卅':
			unit, times = 10, 3
		case '百':
			unit = 100
		default:
			d, ok := hanDigits[r]
			if !ok || digit > 0 {
				return 0, false
			}
			digit = d
			continue
		}
		if unit >= limit || digit == 0 && unit == 100 || times > 1 && digit > 0 {
			return 0, false
		}
		if digit > 0 {
			times = digit
		}
		total, digit, limit = total+unit*times, -1, unit
	}
	return total + max(digit, 0), true
}

func hanRow(s string) (int, bool) {
	n := 0
	for _, r := range s {
		d, ok := hanDigits[r]
		if !ok {
			return 0, false
		}
		n = n*10 + d
	}
	return n, true
}
