package archive

import (
	"bytes"
	"path"
	"slices"
	"strings"
)

// extensions are the ends of file names and the types they promise.
var extensions = map[string]Type{".pdf": PDF, ".jpg": JPEG, ".jpeg": JPEG, ".png": PNG, ".tif": TIFF, ".tiff": TIFF, ".heic": HEIC, ".heif": HEIC, ".mp4": MP4}

// Accept is what a file field offers to choose; iPhones take the extension for HEIC only in this form.
const Accept = ".pdf,.jpg,.jpeg,.png,.tif,.tiff,.heic,.heif,.mp4"

// promised is the type that a file's name promises; empty for one the archive does not take.
func promised(name string) Type { return extensions[strings.ToLower(path.Ext(name))] }

var (
	heicBrands = []string{"heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1"}
	mp4Brands  = []string{"isom", "iso2", "iso4", "iso5", "iso6", "mp41", "mp42", "avc1", "M4V ", "MSNV", "dash", "3gp4", "3gp5"}
)

// begins is the type that a file's first bytes show; empty for none that the archive takes. The mark must stand at the
// very beginning: a file that is something else too is none of ours.
func begins(head []byte) Type {
	switch {
	case bytes.HasPrefix(head, []byte("%PDF-")):
		return PDF
	case bytes.HasPrefix(head, []byte("\xff\xd8\xff")):
		return JPEG
	case bytes.HasPrefix(head, []byte("\x89PNG\r\n\x1a\n")):
		return PNG
	case bytes.HasPrefix(head, []byte("II*\x00")), bytes.HasPrefix(head, []byte("MM\x00*")):
		return TIFF
	}
	if len(head) < 12 || string(head[4:8]) != "ftyp" {
		return ""
	}
	switch brand := string(head[8:12]); {
	case slices.Contains(heicBrands, brand):
		return HEIC
	case slices.Contains(mp4Brands, brand):
		return MP4
	}
	return ""
}
