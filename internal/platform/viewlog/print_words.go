package viewlog

// The register's own wording (design §8: prints are Chinese).
const (
	lookRegister = "业户资料浏览记录"
)
