package render

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
)

// Type is a type of file whose pages can be shown.
type Type string

// The types.
const (
	PDF  Type = "pdf"
	JPEG Type = "jpg"
	PNG  Type = "png"
	TIFF Type = "tiff"
	HEIC Type = "heic"
	AVIF Type = "avif"
	WebP Type = "webp"
	BMP  Type = "bmp"
	GIF  Type = "gif"
)

// Facts are what the child found in a file.
type Facts struct {
	Pages  int      `json:"pages"`
	Broken bool     `json:"broken,omitempty"` // it cannot be read as what it says it is
	Fault  Fault    `json:"fault,omitempty"`  // of a broken file: what the reader is told
	Width  int      `json:"width,omitempty"`  // of a picture that is too large
	Height int      `json:"height,omitempty"`
	Why    string   `json:"why,omitempty"`   // the decoder's words, for the log
	Flags  []string `json:"flags,omitempty"` // what else is in it: see the Flag constants
	Thumbs Thumbs   `json:"thumbs,omitzero"` // of the pages that were looked at
}

// Fault is why a page cannot be shown.
type Fault string

// The faults; a page without one is damaged.
const (
	FaultLarge  Fault = "large"  // more pixels than can be decoded here: Width × Height
	FaultKind   Fault = "kind"   // a sound file of a kind that no decoder here knows
	FaultMemory Fault = "memory" // decoding it takes more memory than a child may have
)

// FlagMoving is a file of several pictures one after the other, of which only the first is shown.
const FlagMoving = "moving"

// What a PDF may carry besides pages; such a file is shown as pictures only.
const (
	FlagScript     = "script"     // JavaScript
	FlagLaunch     = "launch"     // starts a program, opens another file or address
	FlagAttachment = "attachment" // files within the file
	FlagLocked     = "locked"     // needs a password
)

// Acts reports flags of a file that can do more than show pages, or is locked.
func Acts(flags []string) bool {
	return slices.ContainsFunc(flags, func(f string) bool {
		return slices.Contains([]string{FlagScript, FlagLaunch, FlagAttachment, FlagLocked}, f)
	})
}

// What the reader of a page must know, because its picture is not all of it. These stand with the page's number, from 0
// ("blank:3"); see On.
const (
	FlagBlank  = "blank"  // nothing is to be seen, though the file has something there: perhaps it is damaged
	FlagGlyphs = "glyphs" // characters are missing that no font here has
	FlagStamp  = "stamp"  // a stamp or mark lies on the page that brings no appearance of its own, and is not drawn
	FlagCut    = "cut"    // the file is damaged, or lacks its end: a part is missing
	FlagPage   = "page"   // this page cannot be read, others can
	FlagRest   = "rest"   // from this page on nobody has looked yet
)

// On is a flag of one page.
func On(flag string, page int) string { return fmt.Sprintf("%s:%d", flag, page) }

// Want is a page as it should look.
type Want struct {
	Page  int `json:"page"`  // from 0
	Width int `json:"width"` // in pixels, after turning
	Turn  int `json:"turn"`  // 0, 90, 180 or 270 degrees clockwise
}

// request goes to the child. The file stays outside: the child asks for the parts it reads.
type request struct {
	Type  Type  `json:"type"`
	Size  int64 `json:"size"`
	Page  *Want `json:"page,omitempty"`  // nil asks for the facts
	Heavy bool  `json:"heavy,omitempty"` // it turned out to be long and comes again: the child need not ask first
	Long  bool  `json:"long,omitempty"`  // nobody waits for it
	From  int   `json:"from,omitempty"`  // of facts: the first page to look at
	Bare  bool  `json:"bare,omitempty"`  // the pages before it were all bare
}

// mayTakeLong reports a request that begins in the long lane.
func (q request) mayTakeLong() bool { return q.Long || q.Heavy }

// reply is what the child says: one of its questions, or the answer, which is followed by the bytes of a JPEG or of thumbnails.
type reply struct {
	Read   *span   `json:"read,omitempty"`   // a part of the file, please: that many bytes follow
	Heavy  bool    `json:"heavy,omitempty"`  // this will take long or much: shall I? A verdict follows
	Making bool    `json:"making,omitempty"` // a decoder is made ready for this machine, which takes a while, once
	Made   bool    `json:"made,omitempty"`
	Answer *answer `json:"answer,omitempty"`
}

type span struct {
	From int64 `json:"from"`
	Len  int   `json:"len"`
}

type verdict struct {
	Go bool `json:"go"`
}

type answer struct {
	Facts
	Size int64 `json:"size,omitempty"` // of the bytes that follow
}

const maxHead = 64 << 10

// writeHead writes a message's head: its length, then JSON.
func writeHead(w io.Writer, head any) error {
	raw, err := json.Marshal(head)
	if err != nil {
		return err
	}
	_, err = w.Write(append(binary.BigEndian.AppendUint32(nil, uint32(len(raw))), raw...))
	return err
}

func readHead(r io.Reader, head any) error {
	var n [4]byte
	if _, err := io.ReadFull(r, n[:]); err != nil {
		return err
	}
	size := binary.BigEndian.Uint32(n[:])
	if size > maxHead {
		return fmt.Errorf("render: a head of %d bytes", size)
	}
	raw := make([]byte, size)
	if _, err := io.ReadFull(r, raw); err != nil {
		return errors.Join(io.ErrUnexpectedEOF, err)
	}
	return json.Unmarshal(raw, head)
}
