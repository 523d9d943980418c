package sheet

import (
	"embed"
	"errors"
	"fmt"

	"hudang/internal/platform/errs"
)

// Locales holds the texts of every refusal, for package i18n.
//
//go:embed locales/*.json
var Locales embed.FS

func refuse(key string, args ...any) *errs.Error {
	return errs.E(errs.Invalid, key, args...)
}

// broken refuses a damaged file; the reason is for the log and holds nothing of the file's text.
func broken(format string, args ...any) error {
	return refuse("sheet.broken").Because(fmt.Errorf(format, args...))
}

// asRefusal leaves the package's own refusals as they are and takes every other error of a reader for a damaged file.
func asRefusal(err error) error {
	if e, ok := errors.AsType[*errs.Error](err); ok {
		return e
	}
	return refuse("sheet.broken").Because(err)
}

// guard turns a panic of the readers into a refusal: the file is at fault as far as the person can help it,
// and the cause is in the log.
func guard(err *error) {
	if p := recover(); p != nil {
		*err = broken("panic: %v", p)
	}
}
