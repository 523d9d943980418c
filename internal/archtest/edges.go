package archtest

// Rooms in the order of knowledge, the lowest last (design §2). A room that is still to be built may stand here.
var Rooms = []string{
	"office", "procedures", "cash", "desk", "custody", "intake", "household", "letters", "archive", "estate",
}

// Shells are the screens and doors that belong to no room.
var Shells = []string{"web", "api", "rulebook"}

// Grounds is internal/platform in the order of knowledge, the lowest last. A part still to be built may stand here.
var Grounds = []string{
	"accountweb", "labelweb", "logweb", "settingweb", "historyweb", "listweb", "paperweb",
	"page",
	"live", "account", "approval", "sign", "label", "series", "room", "setting", "blob", "search", "job", "duty", "control", "list",
	"op", "evidence", "ref", "access",
	"vault", "db",
	"paper", "sheet", "money", "cn",
	"i18n", "clock", "errs",
}

// Edges are the permitted imports between rooms, between parts of the ground, and from a shell into a room. No edge need be
// listed from app to anything, from a room's pages to rooms, from any of these to the ground, or from the ground's own
// page packages (…web) to the ground below them: see layers.go.
var Edges = []Edge{
	{"platform/account", "platform/access", "accounts hold posts"},
	{"platform/account", "platform/cn", "names in the order of a Chinese list"},
	{"platform/account", "platform/clock", "sessions end"},
	{"platform/account", "platform/db", "accounts are read"},
	{"platform/account", "platform/errs", "a failed sign-in has a kind"},
	{"platform/account", "platform/evidence", "its rows are evidential"},
	{"platform/account", "platform/i18n", "posts and states in the person's language"},
	{"platform/account", "platform/list", "the register of accounts"},
	{"platform/account", "platform/op", "accounts change by operations"},
	{"platform/db", "platform/errs", "a busy or broken engine is Unavailable"},
	{"platform/evidence", "platform/access", "a leaf says who acted, and by which post"},
	{"platform/evidence", "platform/db", "the log lies in the same transaction as the change"},
	{"platform/evidence", "platform/errs", "a row outside the scope is NotFound"},
	{"platform/label", "platform/room", "what the package offers"},
	{"platform/room", "platform/duty", "a room offers duties"},
	{"platform/room", "platform/evidence", "a room declares tables"},
	{"platform/room", "platform/list", "a room offers lists"},
	{"platform/room", "platform/op", "a room offers operations"},
	{"platform/room", "platform/ref", "a room resolves its kinds"},
	{"platform/room", "platform/setting", "a room declares settings"},
	{"platform/series", "platform/room", "what the package offers"},
	{"platform/evidence", "platform/vault", "payloads are sealed with their owner's key"},
	{"platform/duty", "platform/access", "a duty is certain posts'"},
	{"platform/duty", "platform/db", "duties are derived from the state"},
	{"platform/label", "platform/access", "a label belongs to an estate"},
	{"platform/label", "platform/db", "codes are looked up"},
	{"platform/label", "platform/errs", "a misread code says so"},
	{"platform/label", "platform/evidence", "its rows are evidential"},
	{"platform/label", "platform/op", "a code is given within the operation that needs it"},
	{"platform/label", "platform/ref", "a label stands on a thing"},
	{"platform/label", "platform/series", "the seven digits count"},
	{"platform/ref", "platform/access", "a thing resolves within a scope"},
	{"platform/ref", "platform/db", "things are looked up"},
	{"platform/ref", "platform/errs", "outside the scope is NotFound"},
	{"platform/series", "platform/db", "counters are read back"},
	{"platform/series", "platform/evidence", "its table is declared"},
	{"platform/series", "platform/op", "a number is taken within an operation"},
	{"platform/setting", "platform/access", "a value holds for an estate"},
	{"platform/setting", "platform/clock", "the past is not changed"},
	{"platform/setting", "platform/db", "values are read as of a day"},
	{"platform/setting", "platform/errs", "a value out of range is Invalid"},
	{"platform/setting", "platform/evidence", "its rows are evidential"},
	{"platform/setting", "platform/op", "settings change by an operation"},
	{"platform/list", "platform/access", "a list takes a scope"},
	{"platform/list", "platform/cn", "a date in a filter is read as on a form"},
	{"platform/list", "platform/db", "a list is a query"},
	{"platform/list", "platform/errs", "a wrong filter is Invalid"},
	{"platform/list", "platform/i18n", "titles of columns"},
	{"platform/list", "platform/op", "a list names the operations on its rows"},
	{"platform/op", "platform/access", "the door asks who may"},
	{"platform/op", "platform/clock", "an operation happens at one time"},
	{"platform/op", "platform/db", "the door opens the transaction"},
	{"platform/op", "platform/errs", "refusals have kinds"},
	{"platform/op", "platform/evidence", "every operation leaves a leaf"},
	{"platform/op", "platform/vault", "payloads belong to key owners"},
	{"platform/page", "platform/access", "a panel is shown to those who may see it"},
	{"platform/page", "platform/cn", "a typed date is read"},
	{"platform/page", "platform/errs", "a failure has one rendering"},
	{"platform/page", "platform/i18n", "texts in the person's language"},
	{"platform/page", "platform/list", "a list's definition becomes its page"},
	{"platform/page", "platform/op", "a form is decoded from an operation's input"},
	{"platform/sheet", "platform/errs", "a spreadsheet that cannot be read says why"},
	{"platform/vault", "platform/db", "wrapped keys lie in the database's own file"},
}
