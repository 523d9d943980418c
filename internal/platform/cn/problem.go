package cn

import "embed"

// Locales holds the texts of every Problem in Chinese and English, for the product's catalogue.
//
//go:embed locales/zh.json locales/en.json
var Locales embed.FS

// Problem is one reason why a value needs a look: a stable code such as "id.bad_check".
// It is an error too, for parsers that return either a value or a refusal.
type Problem string

// Key is the key of the problem's text in the catalogue.
func (p Problem) Key() string { return "cn." + string(p) }

// Error is the code, for operators; people read the text under Key.
func (p Problem) Error() string { return "cn: " + string(p) }
