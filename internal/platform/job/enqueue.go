package job

import (
	"context"
	"encoding/json"
	"fmt"

	"hudang/internal/platform/access"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/op"
	"hudang/internal/platform/ref"
)

// Start is a job to be started.
type Start struct {
	Estate access.EstateID
	Of     ref.Ref // what it belongs to: its page leads back there
	Args   any     // a struct of ids and numbers, nothing that tells of a person; nil where Of says enough
	Total  int64   // rows to do, when known
	Step   string  // catalogue key of what is done first
}

// Enqueue starts a job within an operation: when that is rolled back, there is none. The actor holds one of the kind's
// posts in the estate.
func Enqueue(ctx context.Context, tx op.Tx, k Kind, s Start) (ID, error) {
	who := tx.Actor()
	if _, ok := who.Holding(s.Estate, k.Posts); !ok {
		return 0, errs.E(errs.Forbidden, "error.forbidden")
	}
	args, err := idsOnly(s.Args)
	if err != nil {
		return 0, fmt.Errorf("job: %s: %w", k.Name, err)
	}
	run := Run{ID: ID(tx.NewID()), Estate: s.Estate, Kind: k.Name, Title: k.Title, StartedBy: who.Account,
		RefKind: s.Of.Kind, RefID: s.Of.ID, Args: args, State: Waiting, Total: s.Total, Step: s.Step, Created: tx.Now().UnixMicro()}
	return run.ID, insertRun(ctx, tx, run)
}

// idsOnly is the arguments as stored: the table is not encrypted, and outlives what a person may have destroyed.
func idsOnly(args any) (string, error) {
	raw, err := json.Marshal(args)
	if err != nil {
		return "", err
	}
	var numbers map[string]json.Number
	if err := json.Unmarshal(raw, &numbers); err != nil {
		return "", fmt.Errorf("arguments carry ids and numbers only: %w", err)
	}
	return string(raw), nil
}
