package listweb

// Wording of every printed register.
const (
	printNo   = "序号"
	printAsOf = "截至 "
)
