package cn

import "strings"

// areaLength is the length of the area code of a landline: 010 and 02x have three digits, all others four.
func areaLength(d string) int {
	if strings.HasPrefix(d, "010") || strings.HasPrefix(d, "02") {
		return 3
	}
	return 4
}

// canonical is the first number of a text and its kind, or its digits.
func canonical(text string) (string, PhoneKind) {
	for _, p := range ParsePhones(text) {
		if p.Digits != "" {
			return p.Digits, p.Kind
		}
	}
	return digitsOf(Fold(text)), PhoneUnknown
}

// FormatPhone sets the gaps people read by: 138 0013 8000, 021-6234 3390, 400-820-8820 (ui.md §5).
// What it does not know it leaves as typed.
func FormatPhone(digits string) string {
	d, kind := canonical(digits)
	switch kind {
	case PhoneMobile:
		return d[:3] + " " + d[3:7] + " " + d[7:]
	case PhoneLandline:
		a := areaLength(d)
		return d[:a] + "-" + lastFourApart(d[a:])
	case PhoneHotline:
		return d[:3] + "-" + d[3:6] + "-" + d[6:]
	case PhoneHongKong, PhoneMacau, PhoneTaiwan:
		return d[:4] + " " + lastFourApart(d[4:])
	case PhoneLocal:
		return lastFourApart(d)
	}
	return digits
}

func lastFourApart(d string) string { return d[:len(d)-4] + " " + d[len(d)-4:] }

// MaskPhone keeps three and four digits of a mobile number, area code and the last four of a landline:
// 138****8000, 021-****3390. Hotlines and service numbers are public and stay. Anything else keeps four at most.
func MaskPhone(digits string) string {
	d, kind := canonical(digits)
	switch kind {
	case PhoneMobile:
		return d[:3] + "****" + d[7:]
	case PhoneLandline:
		a := areaLength(d)
		return d[:a] + "-****" + d[len(d)-4:]
	case PhoneHotline, PhoneService:
		return d
	case PhoneHongKong, PhoneMacau, PhoneTaiwan:
		return d[:4] + " ****" + d[len(d)-4:]
	case PhoneLocal:
		return "****" + d[len(d)-4:]
	case PhoneForeign:
		return d[:3] + stars(d[3:], min(4, len(d)-6))
	}
	return stars(d, min(4, len(d)/2))
}
