package household

// The register's own wording as its users know it (design §8: prints are Chinese).
const (
	householdRegister = "业户登记册"
	printRoom         = "房号"
	printEstate       = "项目"
	printKind         = "类别"
	printNames        = "业户"
	printPhone        = "电话"
	printHeads        = "人数"
	printStay         = "使用状态"
	printSince        = "入住日期"
	printChecked      = "上次核实"
)

// The register of requests to see files.
const (
	requestRegister = "户档查阅申请登记册"
	printWhyAsked   = "查阅事由"
	printAsked      = "申请日期"
	printAskedBy    = "申请人"
	printAnswer     = "答复"
	printAnsweredBy = "答复人"
)

// The register of observations.
const (
	observationRegister = "人员变动登记册"
	printSaid           = "所见情况"
	printPlace          = "位置"
	printState          = "状态"
	printNoted          = "所见日期"
	printBy             = "登记人"
	printOutcome        = "核实结果"
	printSettled        = "核实日期"
)
