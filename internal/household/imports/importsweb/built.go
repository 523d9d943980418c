package importsweb

import (
	"context"

	"hudang/internal/household/imports"
	"hudang/internal/platform/access"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/ref"
)

// built is what was changed since an import, so that it is not undone as a whole.
type built struct {
	things []builtThing
	rest   int // rows of what is not shown by name
}

type builtThing struct {
	ref.Thing
	kind string
	rows int
}

// mostBuilt is how many things are shown by name.
const mostBuilt = 200

func (p Pages) builtOn(ctx context.Context, id imports.ID) (b built, err error) {
	things, rows, err := imports.Built(ctx, p.Door.DB.Read(), id)
	if err != nil {
		return b, err
	}
	b.rest = rows
	for _, t := range things {
		if len(b.things) == mostBuilt {
			break
		}
		if t.Ref.Kind == "" {
			continue
		}
		found, err := p.Things.Resolve(ctx, p.Door.DB.Read(), access.From(ctx), t.Ref)
		if errs.Is(err, errs.NotFound) {
			continue
		}
		if err != nil {
			return b, err
		}
		b.things = append(b.things, builtThing{found, t.Ref.Kind, t.Rows})
		b.rest -= t.Rows
	}
	return b, nil
}
