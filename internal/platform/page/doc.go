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
//
// # The components of ui.md §5
//
//   - button.templ: Button, Act, Icon, StateChip, ClauseChip.
//   - field.templ: Field for every kind of Input (FieldKind): text, Date, Money, Phone, Password, Area, Check, Radio, Segments,
//     Checks, File with the phone's camera; Shown where it is read only. IDNo, Plate and Room are Text inputs whose Check address
//     judges them when they are left; PartyPicker is a Text input with a Suggest address, its answer a Radio. Sign is a Password
//     input whose form hands it to account.Confirm. ErrorSummary.
//   - select.templ: SelectBox, the field of kind Select; one of more than seven options is typed into (static/js/28_select.js).
//   - drop.templ: Drop, the field for many files.
//   - notice.templ: Notice, Diff, and the panels of failures, no permission among them.
//   - record.templ: Head, Section, FactList, Tabs, Timeline, Checklist, Steps, Numbers with NumberCard, DutyRow, SignatureRow, TitleSlip.
//   - task.templ: TaskList, what is to be done in a procedure.
//   - list.templ: ListPage with Table, FilterBar, BatchBar and Pager; drawer.templ: Drawer and Preview.
//   - overlay.templ: Dialog, Toast, Masked, Clear, Empty, Skeleton.
//   - found.templ: the palette's list, CallStrip. chart.templ: Chart. code.templ: QR, Bars (Code 128).
//   - Grid is a table with data-grid (static/js/45_grid.js), written where its columns are.
//   - Sheet, Receipt and Label are prints: a paper.Doc on its paper (A4, 241×140, the 80 mm roll, a label), shown by paperweb.
//     Signatures on paper are paper.Signatures.
//
// /_gallery shows each in the states that apply; empty by filter and empty at first stand at /_gallery/list.
package page

import "embed"

// Locales holds the kit's own texts, for i18n.New.
//
//go:embed locales/*.json
var Locales embed.FS
