package filekind

import (
	"path"
	"slices"
	"strings"
	"unicode/utf8"
)

// Kind is what a file is, named by its usual extension.
type Kind string

// The kinds that others ask for by name; the table has the rest.
const (
	Unknown Kind = "bin"
	PDF     Kind = "pdf"
	JPEG    Kind = "jpg"
	PNG     Kind = "png"
	TIFF    Kind = "tiff"
	HEIC    Kind = "heic"
	AVIF    Kind = "avif"
	WebP    Kind = "webp"
	BMP     Kind = "bmp"
	GIF     Kind = "gif"
	MP4     Kind = "mp4"
	Zip     Kind = "zip"
	RAR     Kind = "rar"
	Text    Kind = "txt"
	CSV     Kind = "csv"
	Mail    Kind = "eml"
	MHT     Kind = "mht"
	XML     Kind = "xml"
	RTF     Kind = "rtf"
	Word    Kind = "docx"
	Excel   Kind = "xlsx"
	Slides  Kind = "pptx"
	OFD     Kind = "ofd"
	OldWord Kind = "doc"
	OldXLS  Kind = "xls"
	OldPPT  Kind = "ppt"
	Outlook Kind = "msg"
	OLE     Kind = "ole" // the container of old Office, with nothing known in it
	Table03 Kind = "spreadsheetml"
	Word03  Kind = "wordml"

	// What is refused.
	Program  Kind = "program"  // runs by itself
	Script   Kind = "script"   // is run by something that every machine has
	Shortcut Kind = "shortcut" // starts something else
	WebPage  Kind = "webpage"
	SVG      Kind = "svg"
)

// facts are what is known of a kind.
type facts struct {
	names string // the extensions it goes by, the usual one first
	media string // as the web calls it
}

const octets = "application/octet-stream"

var table = map[Kind]facts{
	PDF:  {".pdf .ai", "application/pdf"},
	JPEG: {".jpg .jpeg .jpe .jfif", "image/jpeg"}, PNG: {".png .apng", "image/png"}, GIF: {".gif", "image/gif"}, WebP: {".webp", "image/webp"},
	BMP: {".bmp .dib", "image/bmp"}, HEIC: {".heic .heif .hif", "image/heic"}, AVIF: {".avif .heic .heif", "image/avif"}, "jp2": {".jp2 .jpx .j2k .jpf", "image/jp2"},
	TIFF:  {".tiff .tif .dng .nef .cr2 .arw .pef .nrw .srw .rw2 .3fr .fax", "image/tiff"},
	"jxl": {".jxl", "image/jxl"}, "ico": {".ico .cur", "image/x-icon"}, "psd": {".psd .psb", "image/vnd.adobe.photoshop"}, "wmf": {".wmf .emf .emz", "image/wmf"},
	"eps": {".eps .ps .ai", "application/postscript"}, "djvu": {".djvu .djv", "image/vnd.djvu"}, "dwg": {".dwg .dwt", "image/vnd.dwg"}, "dxf": {".dxf", "image/vnd.dxf"},
	"raw": {".cr3 .raf .orf .rw2 .x3f .mrw", octets}, "pcx": {".pcx", octets}, "msp": {".msp", octets}, "tga": {".tga", octets},
	"jbig2": {".jb2 .jbig2", octets}, "pbm": {".pbm .pgm .ppm .pnm .pam .pfm", octets}, "xcf": {".xcf", octets}, "dcm": {".dcm", "application/dicom"}, "hdr": {".hdr .exr", octets},

	MP4: {".mp4 .m4v", "video/mp4"}, "mov": {".mov .qt", "video/quicktime"}, "3gp": {".3gp .3g2 .3gpp", "video/3gpp"}, "avi": {".avi", "video/x-msvideo"},
	"mkv": {".mkv .webm .mka", "video/x-matroska"}, "wmv": {".wmv .asf .wma", "video/x-ms-wmv"}, "flv": {".flv .f4v", "video/x-flv"}, "mpg": {".mpg .mpeg .vob .m2p .dat", "video/mpeg"},
	"ts": {".ts .mts .m2ts", "video/mp2t"}, "dav": {".dav", octets},
	"m4a": {".m4a .m4b .aac", "audio/mp4"}, "mp3": {".mp3", "audio/mpeg"}, "amr": {".amr .awb", "audio/amr"}, "silk": {".silk .slk .aud .amr", octets}, "wav": {".wav", "audio/wav"},
	"aac": {".aac", "audio/aac"}, "ogg": {".ogg .oga .ogv .opus .spx", "application/ogg"}, "flac": {".flac", "audio/flac"}, "mid": {".mid .midi", "audio/midi"}, "aiff": {".aiff .aif .aifc", "audio/aiff"}, "au": {".au .snd", "audio/basic"},

	Word:    {".docx .docm .dotx .dotm .wps .doc", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
	Excel:   {".xlsx .xlsm .xltx .xltm .xlam .xlsb .et .xls", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
	Slides:  {".pptx .pptm .ppsx .ppsm .potx .dps .ppt", "application/vnd.openxmlformats-officedocument.presentationml.presentation"},
	OldWord: {".doc .dot .wps .wpt", "application/msword"}, OldXLS: {".xls .xlt .et .ett .xlm", "application/vnd.ms-excel"}, OldPPT: {".ppt .pps .pot .dps .dpt", "application/vnd.ms-powerpoint"},
	Outlook: {".msg .oft", "application/vnd.ms-outlook"}, OLE: {".doc .xls .ppt .wps .et .dps .msg .vsd .mpp .pub .hwp .cdr .db .max .rfa .rvt", "application/x-ole-storage"},
	"vsd": {".vsd .vsdx .vss", "application/vnd.visio"}, "mpp": {".mpp", "application/vnd.ms-project"}, "pub": {".pub", "application/vnd.ms-publisher"}, "hwp": {".hwp", "application/x-hwp"},
	"one": {".one", octets}, "mdb": {".mdb .accdb", octets}, "pst": {".pst .ost", octets}, "iwork": {".pages .numbers .key", octets},
	"odt": {".odt .ott .sxw .wps", "application/vnd.oasis.opendocument.text"}, "ods": {".ods .ots .sxc .et", "application/vnd.oasis.opendocument.spreadsheet"},
	"odp": {".odp .otp .sxi", "application/vnd.oasis.opendocument.presentation"}, "odg": {".odg .odf .odc .odb", "application/vnd.oasis.opendocument.graphics"},
	Table03: {".xml .xls", "application/xml"}, Word03: {".xml .doc", "application/xml"}, OFD: {".ofd", "application/ofd"}, "xps": {".xps .oxps", "application/vnd.ms-xpsdocument"}, "epub": {".epub", "application/epub+zip"},
	"caj": {".caj .nh .kdh .teb", octets}, "gd": {".gd .gw .s92 .sep", octets},
	RTF: {".rtf .doc .wps", "application/rtf"}, Mail: {".eml", "message/rfc822"}, MHT: {".mht .mhtml .eml .doc", "message/rfc822"}, "mbox": {".mbox", "application/mbox"}, "tnef": {".dat .tnef", octets}, "p7m": {".p7m .p7s .p7b .p7c", "application/pkcs7-mime"},
	Text: {".txt .log .md .ini .json .csv .tsv .prn .asc .nfo .srt .vcf .ics .yaml .yml .conf .cfg .lrc .tex .sql .text .me .geojson .gpx .kml .dat .out .lst .patch .diff", "text/plain"},
	CSV:  {".csv .tsv .txt .xls .tab", "text/csv"}, XML: {".xml .xbrl .gpx .kml .opf .plist .rels .xsd .xsl .fodt .fods", "application/xml"},

	Zip: {".zip .kmz .cbz .xmind", "application/zip"}, RAR: {".rar .cbr", "application/vnd.rar"}, "7z": {".7z .cb7", "application/x-7z-compressed"}, "gz": {".gz .tgz .emz .svgz .wmz", "application/gzip"},
	"tar": {".tar", "application/x-tar"}, "bz2": {".bz2 .tbz", "application/x-bzip2"}, "xz": {".xz .txz .lzma", "application/x-xz"}, "zst": {".zst", "application/zstd"}, "cab": {".cab", "application/vnd.ms-cab-compressed"},
	"lzh": {".lzh .lha", octets}, "iso": {".iso .img", "application/x-iso9660-image"}, "arj": {".arj", octets}, "z": {".z", octets},
	"ttf": {".ttf .otf .ttc .woff .woff2", "font/sfnt"}, "sqlite": {".db .sqlite .sqlite3", octets}, "icc": {".icc .icm", octets},
	Unknown:  {".bin .dat", octets},
	Program:  {".exe .dll .com .scr .msi .msp .msix .appx .cpl .ocx .sys .drv .pif .apk .xapk .aab .ipa .jar .war .ear .dex .so .dylib .elf .deb .rpm .dmg .swf .chm .wasm .gadget .vsix .crx .xpi .pyc", octets},
	Script:   {".bat .cmd .ps1 .psm1 .psd1 .vbs .vbe .js .jse .mjs .cjs .wsf .wsh .wsc .sct .hta .sh .bash .zsh .ksh .csh .command .py .pyw .pl .rb .php .phtml .lua .reg .inf .scf .ahk .au3 .asp .aspx .jsp .jspx .cgi .tcl .applescript .scpt .vb .bas .msc", octets},
	Shortcut: {".lnk .url .website .webloc .desktop .library-ms .search-ms .settingcontent-ms .application .appref-ms .jnlp", octets},
	WebPage:  {".html .htm .xhtml .xht .shtml .shtm", octets}, SVG: {".svg .svgz", octets},
}

// refused are the kinds that nobody takes in.
var refused = []Kind{Program, Script, Shortcut, WebPage, SVG}

// vague are the kinds whose content leaves open what a file is for: there the name may still refuse it.
var vague = []Kind{Unknown, Text, CSV, XML, Zip, OLE, "tar", "gz", "bz2", "xz", "zst", "z", "lzh", "iso", "icc", "dav", "raw", "tga"}

// Vague reports such a kind.
func (k Kind) Vague() bool { return slices.Contains(vague, k) }

// Refused reports a program, a script, or what a browser would run.
func (k Kind) Refused() bool { return slices.Contains(refused, k) }

// Pictures are the kinds whose pages the renderer draws.
var Pictures = []Kind{PDF, JPEG, PNG, TIFF, HEIC, AVIF, WebP, BMP, GIF}

// Shown reports a kind whose pages can be shown as pictures.
func (k Kind) Shown() bool { return slices.Contains(Pictures, k) }

// Known reports a kind of the table.
func (k Kind) Known() bool { _, ok := table[k]; return ok }

// All lists the kinds.
func All() []Kind {
	all := make([]Kind, 0, len(table))
	for k := range table {
		all = append(all, k)
	}
	slices.Sort(all)
	return all
}

// MediaType is the kind as the web calls it; a stranger's kind is octets.
func (k Kind) MediaType() string {
	if f, ok := table[k]; ok {
		return f.media
	}
	return octets
}

// Names are the extensions the kind goes by, the usual one first.
func (k Kind) Names() []string { return strings.Fields(table[k].names) }

// Extension is the end of a file's name that says something about its kind, in lower case; empty for none: in 3.12 合同 the
// dot parts a date.
func Extension(name string) string {
	ext := strings.ToLower(path.Ext(strings.TrimRight(name, ". ")))
	if len(ext) < 2 || utf8.RuneCountInString(ext) > 16 {
		return ""
	}
	for k := range table {
		if slices.Contains(k.Names(), ext) {
			return ext
		}
	}
	return ""
}

// Fits reports whether a kind may go by an extension.
func (k Kind) Fits(ext string) bool { return slices.Contains(k.Names(), ext) }

// Named is the kind of what must not be taken in that an extension promises; empty for all others.
func Named(ext string) Kind {
	for _, k := range refused {
		if k.Fits(ext) {
			return k
		}
	}
	return ""
}

// Stem is a file's name without the extensions that say a kind, each of them when there are several alike: 照片.jpg.jpg.
func Stem(name string) string {
	name = strings.TrimRight(name, ". ")
	first := Extension(name)
	for ext := first; ext != "" && (ext == first); ext = Extension(name) {
		name = strings.TrimRight(name[:len(name)-len(ext)], ". ")
	}
	return name
}
