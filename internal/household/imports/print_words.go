package imports

// movedWhy is why a household ended, in the words of its file, when a newer roster names other owners.
const movedWhy = "新花名册载明业主变更"

// whoseOpen stands at a number of which a roster does not say whose of several people it is.
const whoseOpen = "未写明是谁的"

// The words of the printed register of imports.
const (
	importRegister  = "业户资料导入登记表"
	printFile       = "文件"
	printWhen       = "导入时间"
	printHouseholds = "新增业户"

	lineRegister = "导入逐行去向表"
	leftRegister = "导入遗留问题登记表"
)

// The columns of the roster that goes out and comes back; the importer knows most of them from other rosters too.
const (
	ownNumber    = "户号"
	ownBuilding  = "楼栋"
	ownEntrance  = "单元"
	ownRoom      = "房号"
	ownFloor     = "楼层"
	ownKind      = "用途"
	ownGross     = "建筑面积"
	ownNet       = "套内面积"
	ownHandOver  = "交房日期"
	ownStay      = "使用状态"
	ownRole      = "业主或租户"
	ownName      = "姓名"
	ownRelation  = "与业主关系"
	ownSex       = "性别"
	ownBirth     = "出生日期"
	ownEmployer  = "工作单位"
	ownPhone     = "联系电话"
	ownIdentity  = "证件号码"
	ownUSCC      = "统一社会信用代码"
	ownEmail     = "电子邮箱"
	ownAddress   = "通讯地址"
	ownShare     = "产权份额"
	ownCallName  = "紧急联系人"
	ownCallPhone = "紧急联系电话"
	ownPlate     = "车牌号"
	ownMoveIn    = "入住日期"
	ownLeaseFrom = "起租日期"
	ownLeaseTo   = "到期日"
	ownRemark    = "备注"
	ownUnitNote  = "房屋备注"
	ownFormer    = "曾用房号"
	ownHidden    = "（部分隐去）" // behind the head of a column that is not in clear

	wordOwner    = "业主"
	wordTenant   = "租户"
	wordFamily   = "家庭成员"
	wordAgent    = "（代）"
	wordStaff    = "员工"
	wordResident = "同住人"
	wordFlat     = "住宅"
	wordShop     = "商铺"
	wordOffice   = "写字间"
	wordParking  = "车位"
	wordStore    = "储藏间"
	wordLiving   = "自住"
	wordLet      = "出租"
	wordVacant   = "闲置" // the other words for it are read as no entry
	wordFitOut   = "装修"
	wordMale     = "男"
	wordFemale   = "女"

	ownSheet    = "花名册"
	wordWechat  = "微信"
	wordNoPhone = "电话"
	nameJoint   = "、"
	nameColon   = "："
	noteOpen    = "（"
	noteClose   = "）"
)
