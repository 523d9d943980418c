package household

import (
	"context"
	"slices"

	"hudang/internal/archive"
	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
)

// Directories are the directories in force on a day, by kind.
func Directories(ctx context.Context, q db.Querier, day string) (map[Kind]Directory, error) {
	all := make(map[Kind]Directory, len(Kinds))
	for _, k := range Kinds {
		all[k] = BuiltIn(k)
	}
	rows, err := inForceOn(ctx, q, day)
	if err != nil {
		return nil, err
	}
	stored, err := withLines(ctx, q, rows)
	for _, d := range stored {
		all[d.Kind] = d
	}
	return all, err
}

// DirectoryVersions are all directories a kind has had, and those still to come, the newest first.
func DirectoryVersions(ctx context.Context, q db.Querier, k Kind) ([]Directory, error) {
	rows, err := versionsOf(ctx, q, k)
	if err != nil {
		return nil, err
	}
	all, err := withLines(ctx, q, rows)
	return append(all, BuiltIn(k)), err
}

func withLines(ctx context.Context, q db.Querier, rows []DirectoryRow) ([]Directory, error) {
	ids := make([]DirectoryID, len(rows))
	for i, r := range rows {
		ids[i] = r.ID
	}
	lines, err := linesOf(ctx, q, ids)
	all := make([]Directory, len(rows))
	for i, r := range rows {
		all[i] = Directory{Kind: r.Kind, No: r.No, ValidFrom: r.ValidFrom, Lines: lines[r.ID]}
	}
	return all, err
}

// FiledPaper is a paper in a household's file, as the archive room has it.
type FiledPaper struct {
	Item     archive.ItemID
	Volume   archive.VolumeID
	Line     string // code of the line it is filed under; empty for what belongs to none
	Title    string
	Paper    bool // it lies on the shelf
	Original bool // as an original; else a copy
	Copies   int64
	Pages    int64
	Scanned  int64 // pages scanned; 0 for none
	Sight    archive.Sight
	Made     string // local date with its precision
	Filed    string // local date it was filed
	Place    string // where it lies
	Verified string // local date a copy was compared with its original
	Lost     string // local date it was reported lost; empty for one that is there, or turned up since
	Voided   string // local date; empty for one in force
}

// LineState is a line of a household's file as it stands.
type LineState struct {
	Line
	Papers []FiledPaper
	Voided []FiledPaper // count for nothing, and are shown
	Mark   MarkRow      // zero for none
}

// Held reports a line with a paper that is there.
func (l LineState) Held() bool {
	return slices.ContainsFunc(l.Papers, func(p FiledPaper) bool { return p.Lost == "" })
}

// Lost is the day on which the line's papers were reported lost; empty while one of them is there.
func (l LineState) Lost() string {
	if l.Held() || len(l.Papers) == 0 {
		return ""
	}
	return l.Papers[len(l.Papers)-1].Lost
}

// Counts reports a line by which the file is complete or not: required or expected, and not set aside.
func (l LineState) Counts() bool {
	return l.Mark.Mark != NotApplicable && (l.Need == Required || l.Mark.Mark == Expected || len(l.Papers) > 0)
}

// Missing reports a line that lacks its paper.
func (l LineState) Missing() bool { return l.Counts() && !l.Held() }

// Unscanned is the line's first paper that lies on the shelf and was not scanned yet.
func (l LineState) Unscanned() (FiledPaper, bool) {
	i := slices.IndexFunc(l.Papers, func(p FiledPaper) bool { return p.Scanned == 0 })
	if i < 0 {
		return FiledPaper{}, false
	}
	return l.Papers[i], true
}

// File is a household's file held against its directory (D4).
type File struct {
	Directory
	Lines   []LineState
	Have    int // of Of
	Of      int // lines that count
	Without int // lines that do not apply
	Papers  []FiledPaper
	Voided  []FiledPaper
	Volume  archive.VolumeID // the open volume papers come into; 0 until the first one
}

// line is the file's line of a code as it stands.
func (f File) line(code string) (LineState, bool) {
	i := slices.IndexFunc(f.Lines, func(l LineState) bool { return l.Code == code })
	if i < 0 {
		return LineState{}, false
	}
	return f.Lines[i], true
}

// Files hold households' files, of one estate, against their directories.
func Files(ctx context.Context, q db.Querier, day string, households ...*Household) (map[ID]File, error) {
	files, err := stands(ctx, q, day, households...)
	for id, f := range files {
		if err == nil {
			f.Volume, err = volumeOf(ctx, q, access.Only(households[0].Estate), id)
			files[id] = f
		}
	}
	return files, err
}

// stands are Files without their volumes.
func stands(ctx context.Context, q db.Querier, day string, households ...*Household) (map[ID]File, error) {
	directories, err := Directories(ctx, q, day)
	if err != nil || len(households) == 0 {
		return nil, err
	}
	ids := make([]ID, len(households))
	for i, h := range households {
		ids[i] = h.ID
	}
	marks, err := marksOf(ctx, q, ids...)
	if err != nil {
		return nil, err
	}
	papers, voided, err := filed(ctx, q, access.Only(households[0].Estate), households...)
	if err != nil {
		return nil, err
	}
	lost, err := lostOf(ctx, q, ids)
	if err != nil {
		return nil, err
	}
	files := make(map[ID]File, len(households))
	for _, h := range households {
		for i, p := range papers[h.ID] {
			papers[h.ID][i].Lost = lost[p.Item]
		}
		files[h.ID] = held(directories[h.Kind], papers[h.ID], voided[h.ID], marks[h.ID])
	}
	return files, nil
}

func held(d Directory, filed, voided []FiledPaper, marks []MarkRow) File {
	f := File{Directory: d, Papers: filed, Voided: voided}
	under := func(all []FiledPaper, code string) (found []FiledPaper) {
		for _, p := range all {
			if p.Line == code {
				found = append(found, p)
			}
		}
		return found
	}
	for _, line := range d.Lines {
		s := LineState{Line: line, Papers: under(filed, line.Code), Voided: under(voided, line.Code)}
		for _, m := range marks {
			if m.Code == line.Code {
				s.Mark = m
			}
		}
		f.count(s)
		f.Lines = append(f.Lines, s)
	}
	return f
}

func (f *File) count(s LineState) {
	switch {
	case s.Mark.Mark == NotApplicable:
		f.Without++
	case s.Held():
		f.Have, f.Of = f.Have+1, f.Of+1
	case s.Counts():
		f.Of++
	}
}
