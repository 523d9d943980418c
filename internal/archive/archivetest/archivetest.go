// Package archivetest gives tests of this and other rooms a place for scans, volumes and papers, made through the operations.
package archivetest

import (
	"bytes"
	"context"
	"path/filepath"
	"testing"

	"hudang/internal/archive"
	"hudang/internal/estate"
	"hudang/internal/platform/access"
	"hudang/internal/platform/blob"
	"hudang/internal/platform/label"
	"hudang/internal/platform/module"
	"hudang/internal/platform/module/moduletest"
	"hudang/internal/platform/op"
	"hudang/internal/platform/op/optest"
	"hudang/internal/platform/ref"
	"hudang/internal/platform/render"
	"hudang/internal/platform/series"
	"hudang/internal/platform/setting"
)

// World is what a test of the room needs of the program.
var World = moduletest.World(module.Module{Files: setting.Files, Tables: setting.Tables}, series.Module, label.Module, estate.Module, archive.Module)

// Scans are a place for scans in a folder of the test; what is uploaded lies below dir.
func Scans(t testing.TB, d *op.Door) (s archive.Scans, dir string) {
	t.Helper()
	dir = filepath.Join(t.TempDir(), "blobs")
	folder, err := blob.OpenFolder(dir)
	must(t, err)
	s = archive.Scans{Blobs: blob.New(folder, d.Vault), Render: render.Inside()}
	t.Cleanup(s.Render.Close)
	return s, dir
}

// Clerk is a context in which an assistant of an estate acts.
func Clerk(t testing.TB, e access.EstateID) context.Context {
	return optest.As(t.Context(), 5, e, access.Assistant)
}

// Volume opens a volume about a subject.
func Volume(t testing.TB, d *op.Door, e access.EstateID, subject ref.Ref, title string) archive.VolumeID {
	t.Helper()
	in := archive.OpenVolumeIn{Estate: e, Subject: subject, VolumeFacts: archive.VolumeFacts{Title: title}}
	res, err := op.Run(Clerk(t, e), d, archive.OpenVolume, in)
	must(t, err)
	return res.Out
}

// Upload receives a file for a volume.
func Upload(t testing.TB, s archive.Scans, v archive.VolumeID, name string, content []byte) archive.Upload {
	t.Helper()
	u, err := s.Receive(t.Context(), v, name, bytes.NewReader(content))
	must(t, err)
	return u
}

// Item adds an original with the files of its pages to a volume; without files it is on paper only.
func Item(t testing.TB, d *op.Door, e access.EstateID, v archive.VolumeID, title string, files ...archive.Upload) archive.ItemID {
	t.Helper()
	facts := archive.ItemFacts{Title: title, Original: archive.IsOriginal}
	res, err := op.Run(Clerk(t, e), d, archive.AddItems, archive.AddItemsIn{Volume: v, Items: []archive.NewItem{{ItemFacts: facts, Uploads: files}}})
	must(t, err)
	return res.Out[0]
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
