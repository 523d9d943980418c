package account

// The register's own wording (design §8: prints are Chinese).
const (
	accountRegister = "人员账号表"
)
