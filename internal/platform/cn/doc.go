// Package cn knows Chinese facts as pure functions: identity and company codes, phones, plates, bank cards,
// amounts in words, typed dates, house notations, names, pinyin, and the calendar of workdays.
//
// Where the rules come from (each file names its own): GB 11643 resident id, GB 32100 unified social credit code,
// GB 11714 organisation code, GA 36 plates, ISO/IEC 7812-1 annex B (Luhn), 支付结算办法 annex on writing amounts,
// the State Council's notice of 2025-11-04 for 2026, and docs/domain.md §6 and §7, whose every vector is a test here.
//
// Nothing here reads a file, a network or a clock: whoever asks passes today's date. It imports nothing of the house.
// Always true: the typed text is kept beside every reading; nothing is repaired in silence; what is not understood
// comes back as Rest or as a Problem, never as a guess; no input panics or takes more than about linear time.
// A Problem is a warning that blocks "verified", never a reason to refuse an old record.
// Texts for people are in locales/, one per Problem under Problem.Key; Chinese in .go files is fact, not message.
// To add a notation: its noun's file, a row in that file's table test, a seed in its fuzz target. Start at fold.go.
package cn
