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

	vehicleRegister  = "车辆登记"
	printPlate       = "车牌"
	printHolder      = "车主"
	printPhone       = "电话"
	printVehicleKind = "类型"
	printColour      = "颜色"
	printBrand       = "品牌"
	printParking     = "车位"
	printTerms       = "产权/租/月卡"
	printExpires     = "有效期"
	printCard        = "卡号"

	// LeaseForm is the form of D9, as a list and as one sheet for each let.
	LeaseForm       = "租户/商住情况登记表"
	printLeaseKind  = "类别"
	printTenant     = "租户"
	printLessor     = "出租人"
	printUse        = "用途"
	printHeads      = "人数"
	printFrom       = "租期起"
	printUntil      = "租期止"
	printPayer      = "物业费"
	printRegistered = "登记日"
)
