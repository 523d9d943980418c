// Package roster understands a real roster: the list of units, owners, tenants and vehicles that a property office keeps as
// xlsx, xls or csv (mission A1, D7; lessons C7 and F). It is pure: a file in, a Plan out; whoever imports writes the rows.
//
// Look finds the tables of a file and guesses their columns; a person corrects the Mapping; Read understands every row by
// it. What Read could not settle is a Problem: WriteProblems puts the rows concerned into a table that comes back through
// ReadAnswers as Answers, an input of the next Read.
//
// It may import the ground's cn, sheet and errs, and estate for the words UnitKind and Area. Always true:
//   - every part of a row is accounted for: Counts.Parts = Understood + SetAside + Refused (test, fuzz);
//   - nothing is guessed and nothing repaired: what has two readings is left out or held until answered, with the candidates;
//   - what was transformed keeps its typed text beside it; every record names its cell;
//   - words a property office uses stand in words.txt, no Chinese in the code;
//   - work grows linearly with the file; nothing of the file is kept but the plan.
//
// To teach it a header or a word: words.txt. A new kind of fact: field.go, words.txt, facts.go. Start reading at read.go.
package roster
