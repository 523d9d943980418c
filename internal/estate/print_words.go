package estate

// The register's own wording as its users know it (design §8: prints are Chinese).
const (
	unitRegister    = "房屋登记册"
	printCode       = "房号"
	printAllEstates = "所有项目"
	printEstate     = "项目"
	printBuilding   = "楼栋"
	printEntrance   = "单元"
	printFloor      = "楼层"
	printKind       = "用途"
	printGross      = "建筑面积㎡"
	printNet        = "套内面积㎡"
	printState      = "状态"
	printNote       = "备注"
)
