package estate

import (
	"context"
	"slices"

	"github.com/uptrace/bun"

	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/evidence"
)

// SameAsOf is who parties also are in other estates, past links too, as far as a scope covers both: one outside it is not
// told of. What a party has that was merged into another is the other's.
func SameAsOf(ctx context.Context, q db.Querier, s access.Scope, parties ...PartyID) (map[PartyID][]SameAs, error) {
	found := map[PartyID][]SameAs{}
	links, err := linksOf(ctx, q, parties...)
	if err != nil || len(links) == 0 {
		return found, err
	}
	var ends []PartyID
	for _, l := range links {
		ends = append(ends, l.Party, l.Other)
	}
	all, err := PartiesByID(ctx, q, ends...)
	if err != nil {
		return nil, err
	}
	names, err := EstateNames(ctx, q)
	for _, l := range links {
		a, b := all[l.Party], all[l.Other]
		if !s.Covers(a.Estate) || !s.Covers(b.Estate) {
			continue
		}
		for _, pair := range [][2]*Party{{a, b}, {b, a}} {
			if slices.Contains(parties, pair[0].ID) {
				found[pair[0].ID] = append(found[pair[0].ID], SameAs{l, pair[1], names[pair[1].Estate]})
			}
		}
	}
	return found, err
}

// linksOf are the links of parties, past ones too, those in force first.
func linksOf(ctx context.Context, q db.Querier, parties ...PartyID) (rows []*SamePerson, err error) {
	if len(parties) == 0 {
		return nil, nil
	}
	const theirs = "SELECT id FROM estate_party WHERE id IN (?) UNION SELECT id FROM estate_party WHERE merged_into IN (?)"
	of := bun.List(parties)
	return rows, q.Select(&rows).Where("?TableAlias.id IN (SELECT id FROM estate_same_person WHERE party IN ("+theirs+") UNION SELECT id FROM estate_same_person WHERE other IN ("+theirs+"))", of, of, of, of).
		OrderExpr("CASE WHEN valid_to IS NULL THEN 0 ELSE 1 END, id").Scan(ctx)
}

// SameNumber are the parties of a scope in other estates than a party's own who have one of its identity numbers, in force.
func SameNumber(ctx context.Context, q db.Querier, s access.Scope, p *Party) ([]SameAs, error) {
	own, err := IdentitiesOf(ctx, q, p.ID)
	if err != nil {
		return nil, err
	}
	var hashes [][]byte
	for _, i := range own[p.ID] {
		if i.InForce() && len(i.Number.Hash) > 0 {
			hashes = append(hashes, i.Number.Hash)
		}
	}
	if len(hashes) == 0 {
		return nil, nil
	}
	var rows []*Party
	err = evidence.Within(q.Select(&rows), s).Where("?TableAlias.estate <> ?", p.Estate).Where("?TableAlias.merged_into IS NULL").
		Where("?TableAlias.id IN (SELECT COALESCE(o.merged_into, o.id) FROM estate_identity i JOIN estate_party o ON o.id = i.party WHERE i.number_hash IN (?) AND i.valid_to IS NULL)", bun.List(hashes)).
		OrderExpr("?TableAlias.id").Limit(10).Scan(ctx)
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	names, err := EstateNames(ctx, q)
	all := make([]SameAs, len(rows))
	for i, other := range rows {
		all[i] = SameAs{Whom: other, EstateName: names[other.Estate]}
	}
	return all, err
}

// FindSame is one link; NotFound for one of which a scope does not cover both ends.
func FindSame(ctx context.Context, q db.Querier, s access.Scope, id SamePersonID) (*SamePerson, error) {
	l := &SamePerson{}
	l.ID = id
	if err := evidence.Find(ctx, q, s, l); err != nil {
		return nil, err
	}
	_, err := FindParty(ctx, q, s, l.Other)
	return l, err
}

// EstateNames are the names of all estates, for whoever shows things of several.
func EstateNames(ctx context.Context, q db.Querier) (map[access.EstateID]string, error) {
	all, err := Estates(ctx, q, everywhere)
	names := map[access.EstateID]string{}
	for _, e := range all {
		names[e.ID] = e.Name
	}
	return names, err
}
