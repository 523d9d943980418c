package household

// The register's own wording as its users know it (design §8: prints are Chinese).
const (
	householdRegister = "业户登记册"
	printHeads        = "人数"
	printStay         = "使用状态"
)

// The register of requests to see files.
const (
	requestRegister = "户档查阅申请登记册"
	printAsked      = "申请日期"
)

// The register of observations.
const (
	observationRegister = "人员变动登记册"
)
