package estate

// The register's own wording as its users know it (design §8: prints are Chinese).
const (
	estateRegister  = "项目登记册"
	printName       = "名称"
	unitRegister    = "房屋登记册"
	printAllEstates = "所有项目"
	printGross      = "建筑面积㎡"
	printNet        = "套内面积㎡"

	vehicleRegister = "车辆登记"
	printTerms      = "产权/租/月卡"

	// LeaseForm is the form of D9, as a list and as one sheet for each let.
	LeaseForm  = "租户/商住情况登记表"
	printHeads = "人数"
	printPayer = "物业费"
)
