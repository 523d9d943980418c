package archtest

// Rooms in the order of knowledge, the lowest last (design §2). A room that is still to be built may stand here.
var Rooms = []string{
	"office", "procedures", "cash", "desk", "custody", "intake", "household", "letters", "archive", "estate",
}

// Shells are the screens and doors that belong to no room.
var Shells = []string{"web", "api", "rulebook"}

// Grounds is internal/platform in the order of knowledge, the lowest last. A part still to be built may stand here.
var Grounds = []string{
	"listweb", "paperweb",
	"page",
	"live", "account", "approval", "sign", "series", "setting", "blob", "search", "job", "label", "duty", "control", "list",
	"op", "evidence", "access", "ref",
	"vault", "db",
	"paper", "sheet", "money", "cn",
	"i18n", "clock", "errs",
}

// Edges are the permitted imports between rooms, between parts of the ground, and from a shell into a room. No edge need be
// listed from app to anything, from a room's pages to rooms, or from any of these to the ground: see layers.go.
var Edges = []Edge{
	{"platform/account", "platform/access", "accounts hold posts"},
	{"platform/account", "platform/clock", "sessions end"},
	{"platform/account", "platform/db", "accounts are read"},
	{"platform/account", "platform/errs", "a failed sign-in has a kind"},
	{"platform/account", "platform/evidence", "its rows are evidential"},
	{"platform/account", "platform/op", "accounts change by operations"},
	{"platform/db", "platform/errs", "a busy or broken engine is Unavailable"},
	{"platform/evidence", "platform/access", "a leaf says who acted, and by which post"},
	{"platform/evidence", "platform/db", "the log lies in the same transaction as the change"},
	{"platform/evidence", "platform/vault", "payloads are sealed with their owner's key"},
	{"platform/list", "platform/access", "a list takes a scope"},
	{"platform/list", "platform/db", "a list is a query"},
	{"platform/list", "platform/errs", "a wrong filter is Invalid"},
	{"platform/list", "platform/i18n", "titles of columns"},
	{"platform/list", "platform/op", "a list names the operations on its rows"},
	{"platform/listweb", "platform/access", "what this person may see of a list"},
	{"platform/listweb", "platform/clock", "a print says when it was made"},
	{"platform/listweb", "platform/list", "the pages of a list"},
	{"platform/listweb", "platform/op", "an export is an operation"},
	{"platform/listweb", "platform/page", "drawn with the kit"},
	{"platform/listweb", "platform/paper", "a list prints"},
	{"platform/listweb", "platform/paperweb", "a print is shown before it is printed"},
	{"platform/listweb", "platform/sheet", "a list is exported as a spreadsheet"},
	{"platform/op", "platform/access", "the door asks who may"},
	{"platform/op", "platform/clock", "an operation happens at one time"},
	{"platform/op", "platform/db", "the door opens the transaction"},
	{"platform/op", "platform/errs", "refusals have kinds"},
	{"platform/op", "platform/evidence", "every operation leaves a leaf"},
	{"platform/op", "platform/vault", "payloads belong to key owners"},
	{"platform/page", "platform/access", "a panel is shown to those who may see it"},
	{"platform/page", "platform/errs", "a failure has one rendering"},
	{"platform/page", "platform/i18n", "texts in the person's language"},
	{"platform/page", "platform/list", "a list's definition becomes its page"},
	{"platform/page", "platform/op", "a form is decoded from an operation's input"},
	{"platform/paperweb", "platform/i18n", "texts around a print"},
	{"platform/paperweb", "platform/page", "drawn with the kit"},
	{"platform/paperweb", "platform/paper", "shows a print before it is printed"},
	{"platform/sheet", "platform/errs", "a spreadsheet that cannot be read says why"},
	{"platform/vault", "platform/db", "wrapped keys lie in the database's own file"},
}
