package render

import (
	"errors"
	"time"
)

const (
	atOnce     = 40              // pages looked at while somebody waits
	surveyTime = 2 * time.Second // for them, and five times as long when nobody waits
)

// survey looks at the pages of a file one after the other, from where a request says, and notes what is odd about each. It
// ends when its time is over: then a flag says from which page on nobody has looked. A file none of whose pages can be drawn
// fails with the first page's error.
func (s *server) survey(q request, facts *Facts, look func(at int) (flags []string, err error)) error {
	begun, most, had := time.Now(), surveyTime, len(facts.Flags)
	last := min(facts.Pages, q.From+atOnce)
	if q.Long {
		most, last = 5*surveyTime, facts.Pages
	}
	var first error
	drawn := 0
	for at := q.From; at < facts.Pages; at++ {
		if at >= last || drawn > 0 && time.Since(begun) > most {
			facts.Flags = append(facts.Flags, On(FlagRest, at))
			break
		}
		before := len(s.thumbs)
		found, err := look(at)
		facts.Thumbs.Sizes = append(facts.Thumbs.Sizes, len(s.thumbs)-before)
		switch {
		case errors.Is(err, errRefused):
			return err
		case err != nil:
			facts.Flags = append(facts.Flags, On(FlagPage, at))
			if first == nil {
				first = err
			}
			continue
		}
		drawn++
		facts.Flags = append(facts.Flags, found...)
	}
	if drawn == 0 && q.From == 0 {
		facts.Flags = facts.Flags[:had]
		return first
	}
	return nil
}
