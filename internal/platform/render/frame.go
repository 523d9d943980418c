package render

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
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
	WebP Type = "webp"
	BMP  Type = "bmp"
	GIF  Type = "gif" // its first picture
)

// Facts are what the child found in a file.
type Facts struct {
	Pages  int      `json:"pages"`
	Broken bool     `json:"broken,omitempty"` // it cannot be read as what it says it is
	Why    string   `json:"why,omitempty"`    // the decoder's words, for the log
	Flags  []string `json:"flags,omitempty"`  // what else is in it: see the Flag constants
}

// What a PDF may carry besides pages; such a file is shown as pictures only.
const (
	FlagScript     = "script"     // JavaScript
	FlagLaunch     = "launch"     // starts a program, opens another file or address
	FlagAttachment = "attachment" // files within the file
	FlagLocked     = "locked"     // needs a password
)

// Want is a page as it should look.
type Want struct {
	Page  int `json:"page"`  // from 0
	Width int `json:"width"` // in pixels, after turning
	Turn  int `json:"turn"`  // 0, 90, 180 or 270 degrees clockwise
}

// request goes to the child, followed by Size bytes of the file.
type request struct {
	Type Type  `json:"type"`
	Size int64 `json:"size"`
	Page *Want `json:"page,omitempty"` // nil asks for the facts
}

// answer comes back, followed by Size bytes of a JPEG.
type answer struct {
	Facts
	Size int64 `json:"size,omitempty"`
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
