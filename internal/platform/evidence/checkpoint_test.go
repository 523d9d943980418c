package evidence_test

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/note"

	"hudang/internal/platform/evidence"
	"hudang/internal/platform/op/optest/toy"
)

// cut signs every log into a folder and returns the notes remembered there.
func (s *scene) cut(high evidence.HighWater) []string {
	s.Helper()
	if _, err := s.door.Log.Cut(s.Context(), s.door.DB.Read(), high); err != nil {
		s.Fatal(err)
	}
	return s.remembered(high)
}

func (s *scene) remembered(high evidence.HighWater) []string {
	s.Helper()
	notes, err := high.Notes()
	if err != nil {
		s.Fatal(err)
	}
	return notes
}

// anchor is what a payer has on his receipt: the short form of a log's checkpoint.
func (s *scene) anchor(signed string) evidence.Anchor {
	s.Helper()
	c, err := evidence.OpenNote(signed, s.door.Vault.VerifierKey())
	if err != nil {
		s.Fatal(err)
	}
	a, err := evidence.ParseAnchor(c.Short(), s.door.Vault.VerifierKey())
	if err != nil {
		s.Fatal(err)
	}
	return a
}

func whats(r *evidence.Report) (found []string) {
	for _, f := range r.Findings {
		found = append(found, f.What)
	}
	slices.Sort(found)
	return slices.Compact(found)
}

func (s *scene) wants(r *evidence.Report, want ...string) {
	s.Helper()
	if got := whats(r); !slices.Equal(got, want) {
		s.Errorf("found %v, want %v", got, want)
	}
}

// T2, whole histories: what somebody with all of the machine can do, and what shows it.
func TestVerify_AgainstWhatIsRemembered(t *testing.T) {
	each(t, func(s *scene) {
		here, elsewhere := evidence.HighWater{Dir: s.TempDir()}, evidence.HighWater{Dir: s.TempDir()}
		morning := s.photograph()
		run(s, 1, toy.AddNote, toy.AddNoteIn{Estate: 1, Text: "of the day"})
		notes := s.cut(here)
		if len(notes) != 3 {
			s.Fatalf("%d notes, want one for each log", len(notes))
		}
		receipt := s.anchor(notes[1]) // log 1
		s.wants(s.verify(notes, receipt))

		// The tail is cut, or the copy of the morning put in place: consistent in itself, shorter than what was signed.
		s.restore(morning)
		s.wants(s.verify(nil)) // nothing remembered, nothing to show: why anchors must be outside
		s.wants(s.verify(notes), evidence.LogCut)
		s.wants(s.verify(nil, receipt), evidence.LogCut)
		if _, err := s.door.Log.Cut(s.Context(), s.door.DB.Read(), here); !errors.Is(err, evidence.ErrNotExtension) {
			s.Errorf("Cut over a shorter log: %v, want a refusal", err)
		}

		// A fork: the morning's copy goes on with other work.
		run(s, 1, toy.AddNote, toy.AddNoteIn{Estate: 1, Text: "of another day"})
		s.wants(s.verify(notes), evidence.RootChanged)
		run(s, 1, toy.AddNote, toy.AddNoteIn{Estate: 1, Text: "and more"})
		s.wants(s.verify(nil, receipt), evidence.RootChanged)
		if signed, err := s.door.Log.Cut(s.Context(), s.door.DB.Read(), here); !errors.Is(err, evidence.ErrNotExtension) || len(signed) != 0 {
			s.Errorf("Cut over a fork: %d notes, %v, want a refusal", len(signed), err)
		}
		if again := s.remembered(here); len(again) != len(notes) {
			s.Errorf("%d notes are remembered after refusals, were %d", len(again), len(notes))
		}

		// The whole history is made anew with one name changed, without a flaw, and signed with the stolen key in a fresh folder.
		for _, table := range covered {
			s.exec("DELETE FROM " + table)
		}
		s.exec("DELETE FROM op_token")
		s.play("李小红")
		run(s, 1, toy.AddNote, toy.AddNoteIn{Estate: 1, Text: "of the day"})
		s.wants(s.verify(nil))
		s.wants(s.verify(notes), evidence.RootChanged) // without the key: any note shows it
		forged := s.cut(elsewhere)
		s.wants(s.verify(forged))                                // with it: its own notes do not
		s.wants(s.verify(forged, receipt), evidence.RootChanged) // one receipt in a payer's drawer does
	})
}

// A log that is gone altogether is noticed when checkpoints are cut, and the other logs are signed all the same.
func TestCut_NoticesALostLogAndSignsTheOthers(t *testing.T) {
	each(t, func(s *scene) {
		high := evidence.HighWater{Dir: s.TempDir()}
		s.cut(high)
		run(s, 1, toy.AddNote, toy.AddNoteIn{Estate: 1, Text: "new"})
		for _, table := range []string{"evidence_leaf", "evidence_head", "evidence_touched", "evidence_part"} {
			s.exec("DELETE FROM " + table + " WHERE log = 2")
		}
		signed, err := s.door.Log.Cut(s.Context(), s.door.DB.Read(), high)
		if !errors.Is(err, evidence.ErrNotExtension) || !strings.Contains(err.Error(), s.door.Log.Origin(2)) {
			s.Errorf("Cut = %v, want a refusal of log 2", err)
		}
		if len(signed) != 1 || !strings.HasPrefix(signed[0], s.door.Log.Origin(1)+"\n") {
			s.Errorf("signed %q, want log 1", signed)
		}
	})
}

// The head that is signed must follow from the one signed before by a proof, not by the head's own word.
func TestCut_RefusesAHeadThatItsTreeDoesNotGive(t *testing.T) {
	each(t, func(s *scene) {
		high := evidence.HighWater{Dir: s.TempDir()}
		s.cut(high)
		run(s, 2, toy.AddNote, toy.AddNoteIn{Estate: 2, Text: "new"})
		t := s.read("evidence_head")
		for _, row := range t.rows {
			if row[t.column("log")] == int64(2) {
				peaks := slices.Clone(row[t.column("peaks")].([]byte))
				peaks[len(peaks)-1] ^= 1
				s.exec("UPDATE evidence_head SET peaks = ? WHERE log = 2", peaks)
			}
		}
		if _, err := s.door.Log.Cut(s.Context(), s.door.DB.Read(), high); !errors.Is(err, evidence.ErrNotExtension) {
			s.Errorf("Cut = %v, want a refusal", err)
		}
	})
}

func TestCut_AgainAddsNothing(t *testing.T) {
	each(t, func(s *scene) {
		high := evidence.HighWater{Dir: filepath.Join(s.TempDir(), "new", "folder")}
		first := s.cut(high)
		if again := s.cut(high); !slices.Equal(first, again) {
			s.Errorf("notes after a second cut: %d, were %d", len(again), len(first))
		}
		run(s, 2, toy.AddNote, toy.AddNoteIn{Estate: 2, Text: "new"})
		if more := s.cut(high); len(more) != len(first)+1 {
			s.Errorf("notes after one log grew: %d, were %d", len(more), len(first))
		}
		s.wants(s.verify(s.remembered(high)))
	})
}

// A power cut tears the last note: it counts for nothing, and the next one takes its place.
func TestCut_TornTailIsNoNote(t *testing.T) {
	for name, tear := range map[string]func(note []byte) []byte{
		"its beginning reached the disk": func(note []byte) []byte { return note[:len(note)-9] },
		"its end reached the disk":       func(note []byte) []byte { return append(make([]byte, 100), note[100:]...) },
	} {
		t.Run(name, func(t *testing.T) { tornTail(t, tear) })
	}
}

func tornTail(t *testing.T, tear func(note []byte) []byte) {
	each(t, func(s *scene) {
		high := evidence.HighWater{Dir: s.TempDir()}
		first := s.cut(high)
		run(s, 2, toy.AddNote, toy.AddNoteIn{Estate: 2, Text: "new"})
		file := filepath.Join(high.Dir, "2.txt")
		raw, err := os.ReadFile(file)
		if err != nil {
			s.Fatal(err)
		}
		torn := append(slices.Clone(raw), tear(slices.Clone(raw))...) // a second note
		if err := os.WriteFile(file, torn, 0o600); err != nil {
			s.Fatal(err)
		}
		if notes := s.remembered(high); !slices.Equal(notes, first) {
			s.Errorf("%d notes with a torn tail, want %d", len(notes), len(first))
		}
		notes := s.cut(high)
		if len(notes) != len(first)+1 {
			s.Errorf("%d notes after the next cut, want %d", len(notes), len(first)+1)
		}
		s.wants(s.verify(notes))
	})
}

// A note that this installation did not sign, and one that was altered, are findings, not errors.
func TestVerify_ForgedNotes(t *testing.T) {
	each(t, func(s *scene) {
		notes := s.cut(evidence.HighWater{Dir: s.TempDir()})
		skey, vkey, err := note.GenerateKey(nil, strings.TrimSuffix(s.door.Log.Origin(1), "/1"))
		if err != nil {
			s.Fatal(err)
		}
		foreign, err := note.NewSigner(skey)
		if err != nil {
			s.Fatal(err)
		}
		text, _, _ := strings.Cut(notes[1], "\n\n")
		signed, err := note.Sign(&note.Note{Text: text + "\n"}, foreign)
		if err != nil {
			s.Fatal(err)
		}
		s.wants(s.verify([]string{string(signed)}), evidence.NoteForged)
		s.wants(s.verify([]string{strings.Replace(notes[1], "\n", "x\n", 1)}), evidence.NoteForged)
		s.wants(s.verify([]string{"", "rubbish"}), evidence.NoteForged)
		if _, err := evidence.ParseAnchor(string(signed), s.door.Vault.VerifierKey()); err == nil {
			s.Error("a note with a foreign signature was taken for an anchor")
		}
		if a, err := evidence.ParseAnchor(string(signed), vkey); err != nil || a.Size == 0 {
			s.Errorf("with the foreign key: %+v, %v", a, err)
		}
	})
}

// An anchor of another installation cannot be judged, and says so; one that only looks like ours too.
func TestVerify_ForeignAnchors(t *testing.T) {
	each(t, func(s *scene) {
		id := evidence.Identity{Installation: s.door.Vault.Installation(), VerifierKey: s.door.Vault.VerifierKey()}
		ours := s.door.Log.Origin(1)
		for _, origin := range []string{"hudang/0000000000000000/1", ours + "x", ours + "/1", strings.TrimSuffix(ours, "1") + "+1", strings.TrimSuffix(ours, "1") + "01", ""} {
			a := evidence.Anchor{Origin: origin, Size: 1, Root: strings.Repeat("0", 32)}
			if r, err := evidence.Verify(s.Context(), s.door.DB.Read(), s.door.Tables, id, evidence.Against{Anchors: []evidence.Anchor{a}}); err == nil {
				s.Errorf("anchor of %q was judged: %+v", origin, r.Findings)
			}
		}
	})
}
