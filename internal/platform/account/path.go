package account

import "hudang/internal/platform/ref"

// Path is the address of an account's page.
func (a Account) Path() string { return "/accounts/" + ref.Text(a.ID) }

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
