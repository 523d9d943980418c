package account

// The register's own wording (design §8: prints are Chinese).
const (
	accountRegister = "人员账号表"
	printLogin      = "登录名"
	printName       = "姓名"
	printPosts      = "岗位"
	printState      = "状态"
	printSeen       = "最近使用"
)
