package household

import (
	"slices"

	"hudang/internal/platform/access"
)

// Who may do what here; the reviewed table (test/rights) repeats it by hand. Household files are the service group's (D5);
// finance and other departments come in by permission only.
var (
	mayRead   = access.Desk
	mayChange = []access.Post{access.Assistant, access.Custodian, access.Manager}
	mayEnd    = []access.Post{access.Custodian, access.Manager}
	mayNote   = append(slices.Clone(access.Desk), access.Finance, access.OtherDept) // C7: any employee
	maySettle = []access.Post{access.Custodian, access.Manager}
	mayCheck  = []access.Post{access.Custodian, access.Manager} // who keeps the shelf, and who answers for it
	mayAudit  = []access.Post{access.Custodian, access.Manager} // D5: who answers for the file sees who opened it
	mayAsk    = []access.Post{access.Finance, access.OtherDept} // who sees no file asks (D5)
	mayAnswer = []access.Post{access.Manager}                   // the head of the service group
	mayDirect = []access.Post{access.Manager}                   // the directories are the company's
)

// MayRead are the posts that see households.
func MayRead() []access.Post { return mayRead }

// MayChange are the posts that open and change households; pages offer the buttons to them.
func MayChange() []access.Post { return mayChange }

// MayEnd are the posts that close and reopen households.
func MayEnd() []access.Post { return mayEnd }

// MayNote are the posts that note an observation.
func MayNote() []access.Post { return mayNote }

// MaySettle are the posts that settle one.
func MaySettle() []access.Post { return maySettle }

// MayDirect are the posts that change the directories.
func MayDirect() []access.Post { return mayDirect }

// MayAudit are the posts that see who opened a household's file.
func MayAudit() []access.Post { return mayAudit }

// MayAsk are the posts that ask to see a file.
func MayAsk() []access.Post { return mayAsk }

// MayAnswer are the posts that answer them.
func MayAnswer() []access.Post { return mayAnswer }

// MayCheck are the posts that hold files against the shelf.
func MayCheck() []access.Post { return mayCheck }
