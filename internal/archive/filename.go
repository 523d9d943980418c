package archive

import (
	"path"
	"strings"
	"unicode"
	"unicode/utf8"

	"hudang/internal/platform/filekind"
)

// weChatNames begin the names that WeChat gives to pictures it has compressed (realities 8).
var weChatNames = []string{"微信图片", "mmexport", "wx_camera_"}

// sourceOf tells from a file's name where it came from.
func sourceOf(name string) string {
	for _, begin := range weChatNames {
		if strings.HasPrefix(name, begin) {
			return fromWeChat
		}
	}
	return fromUpload
}

const maxName = 200

// CleanName is a file's name without the folders some browsers send along, without marks nobody sees, short enough to
// show. It is data and never becomes a path.
func CleanName(name string) string {
	name = cleanLine(path.Base(strings.ReplaceAll(name, `\`, "/")))
	if name == "." || name == "/" {
		name = ""
	}
	if runes := []rune(name); len(runes) > maxName {
		name = string(runes[len(runes)-maxName:]) // the end has the extension
	}
	return name
}

// cleanLine is a text of one line without what cannot be seen: controls, ends of lines, and the marks that turn the direction
// of what follows, by which exe.jpg is made to read gpj.exe.
func cleanLine(text string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		switch {
		case r == '\t' || r == '\n' || r == '\r' || r == '\u2028' || r == '\u2029':
			return ' '
		case r == utf8.RuneError || unicode.Is(unicode.Cc, r) || unicode.Is(unicode.Cf, r):
			return -1
		}
		return r
	}, text))
}

// TitleOf is a title made of a file's name, without what says its kind; empty where nothing is left.
func TitleOf(name string) string { return strings.Trim(filekind.Stem(CleanName(name)), ". _-") }

// ClaimedBy is the extension of a name that says another kind than the file is; empty where the two agree, or the name
// says nothing.
func ClaimedBy(name string, t Type) string {
	if ext := filekind.Extension(name); ext != "" && !t.Fits(ext) {
		return ext
	}
	return ""
}

// DownloadName is the name under which a file is saved: as it came in, with the extension of what it is.
func DownloadName(name string, t Type) string {
	name = CleanName(name)
	if t == filekind.Unknown || !t.Known() {
		return name
	}
	usual := ""
	if all := t.Names(); len(all) > 0 {
		usual = all[0]
	}
	switch ext := filekind.Extension(name); {
	case usual == "" || t.Fits(ext):
		return name
	case ext != "":
		return filekind.Stem(name) + usual
	}
	return strings.TrimRight(name, ". ") + usual
}
