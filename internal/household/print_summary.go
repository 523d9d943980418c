package household

// The wording of 《业户基本情况汇总表》 as its users know it (domain.md §2.1).
const (
	summaryForm  = "业户基本情况汇总表"
	printGross   = "建筑面积㎡"
	printNet     = "套内㎡"
	printCounted = "户"
)
