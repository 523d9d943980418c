// Package page is the kit under all pages: one layout, one style sheet, the components, form decoding, tokens, and the
// one place where a failure becomes what a person reads (design §3, §8; the look is that of ui.md).
//
// It knows nothing of property management: every trade word comes from outside, translated. It may import cn (typed
// dates), errs, i18n, list and access (who may come to a page at all), nothing else of the house. It keeps no table and no state.
// Always true: a page is rendered whole before a byte leaves; what was typed comes back; no inline script or style
// (the content policy allows none); every page works before a script runs; an error nobody classified shows a
// reference number and nothing else.
// Start reading at kit.go (handlers), then shell.go (layout), form.go (a form's values and mistakes) and list.templ.
// To add a component: a view struct and a templ beside its kin, a piece in gallery.templ, texts in locales.
package page

import "embed"

// Locales holds the kit's own texts, for i18n.New.
//
//go:embed locales/*.json
var Locales embed.FS
