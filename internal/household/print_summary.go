package household

// The wording of 《业户基本情况汇总表》 as its users know it (domain.md §2.1).
const (
	summaryForm      = "业户基本情况汇总表"
	printBuilding    = "楼栋"
	printEntrance    = "单元"
	printUse         = "用途"
	printGross       = "建筑面积㎡"
	printNet         = "套内㎡"
	printOwner       = "业主"
	printIdentity    = "证件"
	printShare       = "产权份额"
	printHanded      = "交付日"
	printTenant      = "租户"
	printTenantPhone = "租户电话"
	printLeaseTo     = "租期止"
	printEmergency   = "紧急联系人"
	printVehicles    = "车牌"
	printNote        = "备注"
	printCounted     = "户"
)
