package account

import "strconv"

// String is the id as it stands in addresses and JSON.
func (id ID) String() string { return strconv.FormatInt(int64(id), 10) }

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
