package account

import "strconv"

// String is the id as it stands in addresses and JSON.
func (id ID) String() string { return strconv.FormatInt(int64(id), 10) }

// ParseID reads String's form; 0 for anything else, which no account has.
func ParseID(s string) ID {
	id, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		return 0
	}
	return ID(id)
}

// Path is the address of an account's page.
func (a Account) Path() string { return "/accounts/" + a.ID.String() }

// The addresses that other parts lead to.
const (
	OwnPath      = "/account"
	PasswordPath = "/account/password"
	PINPath      = "/account/pin"
	TOTPPath     = "/account/two-step"
	PCPath       = "/accounts/pcs"
	ModePath     = "/accounts/mode"
	SwitchPath   = "/switch"
	EnterPath    = "/enter/" // with a link's secret behind it
)
