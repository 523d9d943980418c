package estate

import (
	"context"
	"slices"
	"strings"

	"github.com/uptrace/bun"

	"hudang/internal/platform/access"
	"hudang/internal/platform/cn"
	"hudang/internal/platform/db"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/list"
	"hudang/internal/platform/masked"
	"hudang/internal/platform/record"
	"hudang/internal/platform/vault"
)

// FindParty is one party of a scope; NotFound for one outside it, as if it did not exist.
func FindParty(ctx context.Context, q db.Querier, s access.Scope, id PartyID) (*Party, error) {
	return record.Find[Party](ctx, q, s, id)
}

// FindContact is one contact of a scope.
func FindContact(ctx context.Context, q db.Querier, s access.Scope, id ContactID) (*Contact, error) {
	return record.Find[Contact](ctx, q, s, id)
}

// FindIdentity is one identity number of a scope.
func FindIdentity(ctx context.Context, q db.Querier, s access.Scope, id IdentityID) (*Identity, error) {
	return record.Find[Identity](ctx, q, s, id)
}

// PartiesByID are parties by the ids asked for, which the caller has found within a scope. Under the id of a party that
// was merged stands the one it points to.
func PartiesByID(ctx context.Context, q db.Querier, ids ...PartyID) (map[PartyID]*Party, error) {
	all := map[PartyID]*Party{}
	if len(ids) == 0 {
		return all, nil
	}
	var rows []*Party
	err := q.Select(&rows).Where("id IN (?) OR id IN (SELECT merged_into FROM estate_party WHERE id IN (?))", bun.List(ids), bun.List(ids)).Scan(ctx)
	for _, p := range rows {
		all[p.ID] = p
	}
	for _, p := range rows {
		if into := all[p.MergedInto]; into != nil {
			all[p.ID] = into
		}
	}
	return all, err
}

// ContactsOf are the contacts of parties, past ones too, those in force first and in the order they are tried. A party
// has those of the parties merged into it.
func ContactsOf(ctx context.Context, q db.Querier, parties ...PartyID) (map[PartyID][]*Contact, error) {
	return ofParties(ctx, q, parties, "CASE WHEN ?TableAlias.valid_to IS NULL THEN 0 ELSE 1 END, ?TableAlias.rank, ?TableAlias.id", func(c *Contact) PartyID { return c.Party })
}

// IdentitiesOf are the identity numbers of parties, as ContactsOf.
func IdentitiesOf(ctx context.Context, q db.Querier, parties ...PartyID) (map[PartyID][]*Identity, error) {
	return ofParties(ctx, q, parties, "CASE WHEN ?TableAlias.valid_to IS NULL THEN 0 ELSE 1 END, ?TableAlias.id", func(i *Identity) PartyID { return i.Party })
}

// FormerNamesOf are the former names of parties, the latest first; the names of parties merged into them are among them.
func FormerNamesOf(ctx context.Context, q db.Querier, parties ...PartyID) (map[PartyID][]*FormerName, error) {
	return ofParties(ctx, q, parties, "?TableAlias.valid_to DESC, ?TableAlias.id DESC", func(n *FormerName) PartyID { return n.Party })
}

// ofParties are rows that belong to parties, by the party asked for; what belongs to a merged party is its target's too.
func ofParties[R any](ctx context.Context, q db.Querier, parties []PartyID, order string, party func(*R) PartyID) (map[PartyID][]*R, error) {
	all := map[PartyID][]*R{}
	if len(parties) == 0 {
		return all, nil
	}
	asked := make(map[PartyID]bool, len(parties))
	for _, id := range parties {
		asked[id] = true
	}
	into, err := pointers(ctx, q, parties)
	if err != nil {
		return nil, err
	}
	ids := slices.Clone(parties)
	for from := range into {
		ids = append(ids, from)
	}
	var rows []*R
	err = q.Select(&rows).Where("?TableAlias.party IN (?)", bun.List(ids)).OrderExpr(order).Scan(ctx)
	for _, r := range rows {
		if asked[party(r)] {
			all[party(r)] = append(all[party(r)], r)
		}
		if to := into[party(r)]; to != 0 {
			all[to] = append(all[to], r)
		}
	}
	return all, err
}

// pointers are the parties merged into some parties, and where each points.
func pointers(ctx context.Context, q db.Querier, parties []PartyID) (map[PartyID]PartyID, error) {
	var rows []*Party
	err := q.Select(&rows).Column("id", "merged_into").Where("merged_into IN (?)", bun.List(parties)).Scan(ctx)
	into := map[PartyID]PartyID{}
	for _, p := range rows {
		into[p.ID] = p.MergedInto
	}
	return into, err
}

func mergedInto(ctx context.Context, q db.Querier, id PartyID) (ids []PartyID, err error) {
	into, err := pointers(ctx, q, []PartyID{id})
	for from := range into {
		ids = append(ids, from)
	}
	slices.Sort(ids)
	return ids, err
}

// identityTaken reports whether another party of an estate has a number in force.
func identityTaken(ctx context.Context, q db.Querier, e access.EstateID, p PartyID, hash []byte) (bool, error) {
	return q.Select((*Identity)(nil)).Where("estate = ?", e).Where("number_hash = ?", hash).Where("valid_to IS NULL").Where("party <> ?", p).
		Where("party NOT IN (SELECT id FROM estate_party WHERE merged_into = ?)", p).Exists(ctx)
}

// SearchParties are the parties of a scope that what was typed names: a whole number of a telephone or an identity paper,
// or part of a name, a short name or a former name. Merged parties are left out.
func SearchParties(ctx context.Context, q db.Querier, keys *vault.Store, s access.Scope, typed, today string, most int) ([]*Party, error) {
	typed = strings.TrimSpace(typed)
	if typed == "" {
		return nil, nil
	}
	hashes := hashesOf(keys, typed, today)
	var rows []*Party
	query := evidence.Within(q.Select(&rows), s).Where("?TableAlias.merged_into IS NULL")
	if len(hashes) > 0 {
		query = query.Where("?TableAlias.id IN (SELECT party FROM estate_contact WHERE value_hash IN (?)) OR ?TableAlias.id IN (SELECT party FROM estate_identity WHERE number_hash IN (?))",
			bun.List(hashes), bun.List(hashes))
	} else {
		like := list.Like(cleanName(typed))
		query = query.Where(`LOWER(?TableAlias.name) LIKE ? ESCAPE '!' OR LOWER(?TableAlias.short_name) LIKE ? ESCAPE '!' OR ?TableAlias.id IN (SELECT party FROM estate_former_name WHERE LOWER(name) LIKE ? ESCAPE '!')`, like, like, like)
	}
	return rows, query.OrderExpr("sorting, id").Limit(int64(most)).Scan(ctx)
}

// hashesOf are the hashes of what was typed when it is a whole number.
func hashesOf(keys *vault.Store, typed, today string) (hashes [][]byte) {
	if strings.IndexFunc(typed, func(r rune) bool { return r >= '0' && r <= '9' }) < 0 {
		return nil
	}
	if phones := cn.ParsePhones(typed); len(phones) == 1 && phones[0].Digits != "" {
		hashes = append(hashes, masked.Hash(keys, PhoneHash, PhoneNormal(PhoneText(phones[0]))))
	}
	if day, err := cn.ParseStored(today); err == nil {
		if id := cn.ParseID(typed, day); id.Number != "" {
			hashes = append(hashes, masked.Hash(keys, IdentityHash, IdentityNormal(id.Number, day)))
		}
	}
	return hashes
}
