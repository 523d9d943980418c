package archive

import (
	"path"
	"strings"
	"unicode/utf8"
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

// CleanName is a file's name without the folders some browsers send along, short enough to show. It is data and never
// becomes a path.
func CleanName(name string) string {
	name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	name = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || r == utf8.RuneError {
			return -1
		}
		return r
	}, name)
	if name == "." || name == "/" {
		name = ""
	}
	if runes := []rune(name); len(runes) > maxName {
		name = string(runes[len(runes)-maxName:]) // the end has the extension
	}
	return name
}

// TitleOf is a title made of a file's name: without its extension.
func TitleOf(name string) string { return strings.TrimSuffix(name, path.Ext(name)) }
