package errs_test

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"hudang/internal/platform/errs"
)

func TestAs_ForeignErrorsAreInternalAndKeepTheirCause(t *testing.T) {
	cause := errors.New("disk on fire")
	e := errs.As(fmt.Errorf("reading: %w", cause))
	if e.Kind != errs.Internal || !errors.Is(e, cause) || e.Kind.Status() != http.StatusInternalServerError {
		t.Errorf("As = %v", e)
	}
	if errs.As(nil) != nil || errs.Is(nil, errs.Internal) {
		t.Error("nil is an error")
	}
}

func TestError_TellsOperatorsNoPersonalData(t *testing.T) {
	e := errs.Rule("D5", "access.refused", "张伟", "13800138000").Because(errors.New("cause"))
	if text := e.Error(); strings.Contains(text, "1380") || !strings.Contains(text, "D5") || !strings.Contains(text, "cause") {
		t.Errorf("Error = %q", text)
	}
	if !errs.Is(fmt.Errorf("op: %w", e), errs.Blocked) {
		t.Error("a wrapped refusal lost its kind")
	}
}

func TestFields_AllAtOnceOrNone(t *testing.T) {
	var f errs.Fields
	f.Check(true, "name", "error.required")
	if f.Err() != nil {
		t.Error("an error without a mistake")
	}
	f.Check(false, "name", "error.required")
	f.Add("phones.0.number", "error.too_long")
	if e := errs.As(f.Err()); e.Kind != errs.Invalid || len(e.Fields) != 2 || e.Fields[1].Name != "phones.0.number" {
		t.Errorf("Err = %v", e)
	}
}
