package imports

import (
	"context"

	"hudang/internal/platform/db"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/op"
)

// Again takes the file of an import that was taken back in once more, with how it was read and what was answered.
func Again(ctx context.Context, d *op.Door, imp *Import, opts ...op.Option) (ID, error) {
	if imp.State != Undone {
		return 0, imp.must(Undone)
	}
	said, err := saidOf(ctx, d.DB.Read(), d, imp.ID, partFile, partMapping, partAnswers)
	if err != nil {
		return 0, err
	}
	if len(said[partFile]) == 0 {
		return 0, errs.E(errs.Blocked, "import.error.forgotten")
	}
	in := UploadIn{Estate: imp.Estate, File: imp.File, Data: said[partFile], Mapping: said[partMapping], Answers: said[partAnswers]}
	res, err := op.Run(ctx, d, Upload, in, opts...)
	return res.Out, err
}

// saidOf are parts of an import in clear, by their kinds.
func saidOf(ctx context.Context, q db.Querier, d *op.Door, id ID, kinds ...string) (map[string][]byte, error) {
	said := map[string][]byte{}
	for _, kind := range kinds {
		data, err := open(ctx, q, d.Vault, id, kind)
		if err != nil {
			return nil, err
		}
		said[kind] = data
	}
	return said, nil
}
