package household

// The directory the program brings, in the wording of the owners' files of property companies (domain.md §2.2). A company
// changes it by a version of its own.

const (
	sectionEntry    = "入住与身份"
	sectionHandover = "收楼交接"
	sectionBusiness = "经营许可"
	sectionDaily    = "日常往来"
)

// column is where a kind stands in the table of lines.
type column int

const (
	ownerColumn column = iota
	tenantColumn
	shopColumn
	officeColumn
	parkingColumn
	emptyColumn
)

var columnOf = map[Kind]column{OwnerHome: ownerColumn, TenantHome: tenantColumn, ShopOwner: shopColumn, ShopTenant: shopColumn,
	OfficeOwner: officeColumn, OfficeTenant: officeColumn, ParkingOwner: parkingColumn, CompanyOwned: emptyColumn}

// builtIn is every line with its marks for owner's home, tenant's home, shop, office, parking space, company's own:
// ● required, ○ where it applies, - not in the directory.
var builtIn = []struct {
	code, section, title, marks string
}{
	{"notice", sectionEntry, "入住（收铺）通知书", "●-●●--"},
	{"register", sectionEntry, "业主/租户登记表、家庭（员工）情况", "●●●●●-"},
	{"identity", sectionEntry, "证件核验（身份证；营业执照、法人证件）", "●●●●●-"},
	{"title", sectionEntry, "购房合同或产权证复印件、契税房款票据", "●-○○●●"},
	{"lease", sectionEntry, "租赁合同、业主委托（同意）书", "-●●●--"},
	{"service", sectionEntry, "前期物业服务协议、物业服务合同", "●-●●○-"},
	{"covenant", sectionEntry, "（临时）管理规约承诺书", "●●●●○-"},
	{"fire", sectionEntry, "消防安全责任书（商户另附治安、门前三包）", "●○●●--"},
	{"handover", sectionHandover, "验房（收铺）交接表、整改单、确认单", "●-●●-●"},
	{"keys", sectionHandover, "钥匙门卡领用登记、物品移交清单、水电底数", "●●●●○●"},
	{"signoff", sectionHandover, "入住手续会签单、缴费票据存根", "●-●●○-"},
	{"permits", sectionBusiness, "店招广告审批、行业许可、商标授权书", "--○---"},
	{"renovation", sectionDaily, "装修：申请审批至验收退款", "○○○○--"},
	{"letters", sectionDaily, "报修、投诉、回访记录，往来函件，违章，欠费催缴", "○○○○○○"},
	{"others", sectionDaily, "车辆登记、钥匙托管、特约服务、照片影像、房屋变更", "○○○○○○"},
	{"exit", sectionDaily, "撤店（退租）审批与结清单", "-○○○--"},
}

// BuiltIn is the directory the program brings for a kind.
func BuiltIn(k Kind) Directory {
	d := Directory{Kind: k, No: 1}
	for _, l := range builtIn {
		switch []rune(l.marks)[columnOf[k]] {
		case '●':
			d.Lines = append(d.Lines, Line{l.code, l.section, l.title, Required})
		case '○':
			d.Lines = append(d.Lines, Line{l.code, l.section, l.title, Optional})
		}
	}
	return d
}
