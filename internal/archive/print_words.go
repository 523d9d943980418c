package archive

// The registers' own wording as their users know it (design §8: prints are Chinese).
const (
	paperRegister  = "档案收集整理登记簿"
	volumeRegister = "案卷登记簿"
	printTitle     = "题名"
	printCode      = "标签号码"
	printVolume    = "案卷"
	printEstate    = "项目"
	printAuthor    = "责任者"
	printDocNo     = "文号"
	printFormed    = "日期"
	printPages     = "页数"
	printOriginal  = "原件/复印件"
	printCarrier   = "载体"
	printSince     = "到此环节"
	printState     = "环节"
	printClass     = "类别"
	printYear      = "年度"
	printPapers    = "件数"
	printOpened    = "立卷日期"
	printVolState  = "状态"
)
