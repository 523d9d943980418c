package job

import "testing"

func TestIDsOnly(t *testing.T) {
	type id int64
	for want, args := range map[string]any{
		"null": nil,
		`{"Unit":7,"From":500}`: struct {
			Unit id
			From int
		}{7, 500},
		`{"unit":"7"}`: map[string]string{"unit": "7"}, // ids are strings in JSON
	} {
		if got, err := idsOnly(args); err != nil || got != want {
			t.Errorf("idsOnly(%v) = %s, %v", args, got, err)
		}
	}
	for _, args := range []any{struct{ Name string }{"Zhang"}, []int{1}, struct{ F func() }{}} {
		if got, err := idsOnly(args); err == nil {
			t.Errorf("idsOnly(%v) = %s", args, got)
		}
	}
}
