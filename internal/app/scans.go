package app

import (
	"path/filepath"

	"hudang/internal/archive"
	"hudang/internal/platform/blob"
	"hudang/internal/platform/render"
	"hudang/internal/platform/vault"
)

// blobsDir is the folder of encrypted scans in the data folder.
const blobsDir = "blobs"

// RenderFolder is where the children that look into scans keep what can be made anew, absolute: they work elsewhere.
func RenderFolder(data string) string {
	folder, err := filepath.Abs(filepath.Join(data, derivedDir, "render"))
	if err != nil {
		return ""
	}
	return folder
}

// openScans opens the place for scans.
func openScans(o Options, keys *vault.Store) (archive.Scans, error) {
	folder, err := blob.OpenFolder(filepath.Join(o.Data, blobsDir))
	if err != nil {
		return archive.Scans{}, err
	}
	s := archive.Scans{Blobs: blob.New(folder, keys), Render: o.Render}
	if s.Render == nil {
		s.Render = render.None()
	}
	return s, nil
}
