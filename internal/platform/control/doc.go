// Package control is what a control and a finding are: a clause of the rules, computed from the state of the rooms and never
// ticked by hand (design §6).
//
// Rooms offer Controls as plain values; Gather judges them estate by estate, and the home page shows how they stand. When a month
// is over the program writes down what they found (KeepMonths), and At tells it. It may import access, clock, db, errs, evidence, i18n, op and setting.
// Always true: it fails closed. What cannot be read, has nothing to judge, or lies before the company's first day is
// unproven with the reason in words, never met (realities 6).
package control
