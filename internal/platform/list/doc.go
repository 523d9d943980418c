// Package list turns one definition into a list's page, saved views, xlsx and print (design §2).
//
// A room declares a Def: columns, filters, tabs, and where the rows come from under an access.Scope. Everything shown
// is in the address. Printing and exporting are operations of the list itself, so that each leaves a leaf.
// A person may leave columns out and save views of his own (preference.go): the xlsx has the columns he chose, since he
// makes it to work with; a print keeps those of the form, since others read it.
// It may import access, cn, db, errs, evidence, i18n, op. Its page half is listweb.
// Always true: no row outside the scope is counted, shown, printed or exported; masked columns leave masked.
package list
