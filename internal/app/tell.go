package app

import (
	"errors"
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
		b.WriteString(signs[one.State] + " " + h.texts.Text(lang, "doctor."+one.Check) + "  " + one.What + "\n")
		if one.State != healthGood {
			b.WriteString("    " + h.texts.Text(lang, "doctor."+one.Check+".do") + "\n")
		}
	}
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

// Words is an error of the house in a person's language, for the command line; a foreign one as it is.
func Words(err error, lang i18n.Lang) error {
	var e *errs.Error
	if !errors.As(err, &e) || e.Key == "" {
		return err
	}
	return errors.New(Say(lang, e.Key, e.Args...))
}
