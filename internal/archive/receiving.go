package archive

import "hudang/internal/platform/access"

// Receiving is a form with files on its way into a volume: what is done with those that were taken in, and where the person
// goes on. Pages of other rooms hand one to this room's pages.
type Receiving struct {
	Volume VolumeID
	Estate access.EstateID
	Title  string // of the page the form belongs to
	Back   string // its address
	// File is the operation that files what was taken in; replayed when the form was sent before.
	File func([]Upload) (replayed bool, err error)
	// Wrong adds what is wrong with the rest of the form to what is wrong with its files; nil where files are all there is.
	Wrong func(files error) error
	// Again shows the form with what is wrong with it.
	Again func(error) error
	Bare  bool // a form without files is one too
}

// Mistakes are everything wrong with a form of whose files none was taken.
func (in Receiving) Mistakes(files error) error {
	if in.Wrong == nil {
		return files
	}
	return in.Wrong(files)
}
