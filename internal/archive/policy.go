package archive

import "hudang/internal/platform/access"

// Who may do what here (D5: the service group and nobody else); the reviewed table (test/rights) repeats it by hand.
var (
	mayRead   = access.Desk
	mayChange = access.Desk
	mayLook   = append([]access.Post{access.Program}, access.Desk...) // at a file again, to which nobody came to the end
	mayVoid   = []access.Post{access.Custodian, access.Manager}
)

// MayRead are the posts that see volumes and papers.
func MayRead() []access.Post { return mayRead }

// MayChange are the posts that add papers and work on them.
func MayChange() []access.Post { return mayChange }

// MayVoid are the posts that void papers and take that back.
func MayVoid() []access.Post { return mayVoid }

// maySee are the posts that see a volume and its papers, and that find them. All levels of secrecy are the service group's
// today (E15); what is closed to some of it says so here, and the search box and the pages follow.
func (v *Volume) maySee() []access.Post { return mayRead }
