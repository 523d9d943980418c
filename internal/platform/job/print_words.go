package job

// The register's own wording (design §8: prints are Chinese).
const (
	jobRegister = "后台处理清单"
)
