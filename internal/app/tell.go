package app

import (
	"errors"
	"io/fs"
	"strings"

	"hudang/internal/platform/errs"
	"hudang/internal/platform/i18n"
)

// TellCopy writes what a copy holds for people.
func TellCopy(r *CopyReport, lang i18n.Lang) (string, error) {
	h, err := join()
	if err != nil {
		return "", err
	}
	text := h.texts.Text(lang, "copy.done", r.Files, r.Bytes>>10, r.Scans) + "\n"
	if !r.Keys {
		text += h.texts.Text(lang, "copy.no_keys") + "\n"
	}
	verified, err := Tell(r.Verified, lang)
	return text + verified, err
}

// TellHealth writes what doctor found for people.
func TellHealth(all []Health, lang i18n.Lang) (string, error) {
	h, err := join()
	if err != nil {
		return "", err
	}
	var b strings.Builder
	signs := map[string]string{healthGood: "✓", healthWarn: "!", healthBad: "✗"}
	for _, one := range all {
		b.WriteString(signs[one.State] + " " + h.texts.Text(lang, "doctor."+one.Check) + "  " + one.words(h.texts, lang) + "\n")
		if one.State != healthGood {
			b.WriteString("    " + h.texts.Text(lang, "doctor."+one.Check+".do") + "\n")
		}
	}
	b.WriteString(h.texts.Text(lang, "cli.doctor.not_verify") + "\n")
	return b.String(), nil
}

// Say is a sentence of the program in a person's language, before an installation is open.
func Say(lang i18n.Lang, key string, args ...any) string {
	h, err := join()
	if err != nil {
		return key
	}
	return h.texts.Text(lang, key, args...)
}

// flagOf is the argument of a command in which a person mends a field; a field without one is told by its sentence alone.
var flagOf = map[string]string{"login": "--login", "name": "--name", "company": "--post", "estate": "--estate", "why": "--why"}

// Words is an error in a person's language, for the command line. What another program or the machine said stands in it as it is.
func Words(err error, lang i18n.Lang) string {
	e := errs.As(err)
	if e == nil || e.Kind == errs.Internal {
		return foreign(err, lang)
	}
	var lines []string
	if e.Key != "" && len(e.Fields) == 0 {
		lines = append(lines, Say(lang, e.Key, e.Args...))
	}
	for _, f := range e.Fields {
		line := Say(lang, f.Key, f.Args...)
		if flag := flagOf[f.Name]; flag != "" {
			line = Say(lang, "cli.error.field", flag, line)
		}
		lines = append(lines, line)
	}
	if cause := errors.Unwrap(e); e.Kind == errs.Unavailable && cause != nil { // what the disk or the database said
		lines = append(lines, cause.Error())
	}
	return strings.Join(lines, "\n")
}

// foreign says of a file what people can do about it, and of all else what was heard.
func foreign(err error, lang i18n.Lang) string {
	var file *fs.PathError
	if errors.As(err, &file) {
		for of, key := range map[error]string{fs.ErrNotExist: "cli.error.file.missing", fs.ErrExist: "cli.error.file.exists", fs.ErrPermission: "cli.error.file.denied"} {
			if errors.Is(file.Err, of) {
				return Say(lang, key, file.Path)
			}
		}
	}
	return Say(lang, "cli.error.foreign", err.Error())
}

// Refused reports an error that is no failure of the program: it said no, and why.
func Refused(err error) bool {
	e := errs.As(err)
	return e != nil && e.Kind != errs.Internal && e.Kind != errs.Unavailable
}
