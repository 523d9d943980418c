package archtest

// Excuses are the places where a rule does not hold. One that nothing needs any more fails the test.
var Excuses = []Excused{
	{"clock", "internal/platform/clock", "the one place that asks the machine what time it is"},
	{"clock", "internal/app/serve.go", "the upkeep of a running program goes by real time"},
	{"clock", "internal/platform/db/writer.go", "a limit on waiting for the engine runs on real time, whatever day a test plays"},

	{"secret", "internal/platform/account", "session tokens"},
	{"secret", "internal/platform/evidence", "salts of payloads"},
	{"secret", "internal/platform/op", "operation ids and salts of rows"},
	{"secret", "internal/platform/vault", "the keys themselves"},
	{"secret", "internal/web", "the token of a form before anybody is signed in"},

	{"sql", "internal/platform/db", "connections and transactions are its business"},
	{"sql", "internal/platform/evidence", "the log's own tables, and the rows it re-reads to verify"},
	{"sql", "internal/platform/op", "op.Tx makes every INSERT, UPDATE and DELETE of the house"},
	{"sql", "internal/platform/vault", "the key store is a database of its own"},

	{"http", "internal/platform/errs", "a kind of error is an HTTP status"},
	{"http", "internal/platform/page", "the kit under all pages"},
	{"http", "internal/platform/page/opform", "part of the kit"},

	{"han", "internal/estate/unit.go", "the units people type behind an area"},
	{"han", "internal/platform/cn", "Chinese facts are its subject"},
	{"han", "internal/platform/paper", "prints are in Chinese"},

	{"han-in-en", "internal/platform/page/locales", "samples of the gallery"},
}

// Dynamics are beginnings of catalogue keys that the program completes.
var Dynamics = []Dynamic{
	{"cn.", "a cn.Problem"},
	{"error.", "a kind of error: package errs"},
	{"op.", "an operation's name: the registry"},
	{"page.gallery.", "the gallery's samples: package page"},
	{"page.step.", "the state of a step: package page"},
	{"post.", "a post: package access"},
	{"unit.kind.", "a kind of unit: package estate"},
	{"verify.", "what a verification found: package app"},
}
