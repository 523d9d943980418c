package job

// The register's own wording (design §8: prints are Chinese).
const (
	jobRegister   = "后台处理清单"
	printTitle    = "内容"
	printState    = "状态"
	printProgress = "进度"
	printCreated  = "开始"
	printEnded    = "结束"
)
