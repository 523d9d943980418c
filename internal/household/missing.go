package household

import (
	"context"
	"regexp"
	"strings"

	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/list"
)

// fillMissing names the papers that the files of a list's rows lack, as the directory of their kind calls them: the list is the
// one by which somebody goes to ask for them.
func fillMissing(ctx context.Context, q db.Querier, rows []Row) error {
	of := map[access.EstateID][]*Household{}
	for i := range rows {
		of[rows[i].Estate] = append(of[rows[i].Estate], &rows[i].Household)
	}
	missing := map[ID]string{}
	for _, some := range of {
		files, err := stands(ctx, q, list.Today(ctx), some...)
		if err != nil {
			return err
		}
		for id, f := range files {
			missing[id] = strings.Join(f.missing(), " · ")
		}
	}
	for i := range rows {
		rows[i].missing = missing[rows[i].ID]
	}
	return nil
}

var bracketsBehind = regexp.MustCompile("\uff08[^\uff09]*\uff09$")

// missing are the titles of the lines that lack their paper, and for which one may still come; what stands in brackets behind a
// title, where a row has no room for it, is left out.
func (f File) missing() (titles []string) {
	for _, l := range f.Lines {
		if l.Missing() && l.Mark.Mark != LostLongAgo {
			titles = append(titles, bracketsBehind.ReplaceAllString(l.Title, ""))
		}
	}
	return titles
}
