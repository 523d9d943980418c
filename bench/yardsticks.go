package main

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"hudang/internal/platform/db"
)

// yardsticks read what stands on a page as somebody would by hand: the fewest statements, each column once, nothing made of it.
type yardsticks struct {
	q    db.Querier
	home int64 // the household whose page is measured
}

func (c *company) yardsticks(ctx context.Context) (*yardsticks, error) {
	y := &yardsticks{q: c.app.Door.DB.Read()}
	building, entrance, room := placeOf(c.middle())
	ids, err := y.read(ctx, `SELECT h.id FROM household_household h JOIN estate_unit u ON u.id = h.first_unit
		WHERE u.code = ? AND h.until IS NULL ORDER BY h.id LIMIT 1`, strings.Join([]string{building, entrance, room}, "-"))
	if err == nil && len(ids) != 1 {
		err = fmt.Errorf("no household in %s-%s-%s", building, entrance, room)
	}
	if err != nil {
		return nil, err
	}
	y.home = ids[0]
	return y, nil
}

// analyse is what PostgreSQL does by itself within minutes of an import; a new SQLite has no need of it.
func (c *company) analyse(ctx context.Context, url string) error {
	if url == "" {
		return nil
	}
	pool, err := sql.Open("pgx", url)
	if err != nil {
		return err
	}
	defer pool.Close()
	_, err = pool.ExecContext(ctx, "VACUUM ANALYZE")
	return err
}

// read reads all rows and gives the first column.
func (y *yardsticks) read(ctx context.Context, query string, args ...any) (ids []int64, err error) {
	var values []any
	err = db.Rows(ctx, y.q, func(rows *sql.Rows) error {
		if values == nil {
			columns, err := rows.Columns()
			if err != nil {
				return err
			}
			for range columns {
				values = append(values, new(any))
			}
		}
		err := rows.Scan(values...)
		id, _ := (*values[0].(*any)).(int64)
		ids = append(ids, id)
		return err
	}, query, args...)
	return ids, err
}

// in writes ids into a statement with one %s.
func (y *yardsticks) in(ctx context.Context, query string, ids []int64) ([]int64, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	args := make([]any, len(ids))
	for i, id := range ids {
		args[i] = id
	}
	return y.read(ctx, fmt.Sprintf(query, "?"+strings.Repeat(", ?", len(ids)-1)), args...)
}

// households are fifty of the register in its order, with units, people and telephones.
func (y *yardsticks) households(building string, skip int) func(context.Context) error {
	where, args := "", []any{}
	if building != "" {
		where, args = " AND u.building = ?", append(args, building)
	}
	return func(ctx context.Context) error {
		ids, err := y.read(ctx, `SELECT h.*, e.name FROM estate_unit u CROSS JOIN household_household h CROSS JOIN estate_estate e
			WHERE h.first_unit = u.id AND e.id = h.estate AND h.until IS NULL`+where+`
			ORDER BY u.estate, u.sorting, h.id LIMIT 50 OFFSET ?`, append(args, skip)...)
		if err != nil {
			return err
		}
		return y.details(ctx, ids)
	}
}

func (y *yardsticks) details(ctx context.Context, households []int64) error {
	_, err := y.in(ctx, `SELECT d.*, u.code, u.kind, u.gross_area FROM household_holding d JOIN estate_unit u ON u.id = d.unit WHERE d.household IN (%s)`, households)
	if err != nil {
		return err
	}
	parties, err := y.in(ctx, `SELECT o.party, o.*, p.name, p.kind FROM household_occupancy o JOIN estate_party p ON p.id = o.party WHERE o.household IN (%s)`, households)
	if err != nil {
		return err
	}
	_, err = y.in(ctx, `SELECT * FROM estate_contact WHERE party IN (%s) AND valid_to IS NULL`, parties)
	return err
}

// summary is fifty units with everybody in them, their numbers, leases and vehicles.
func (y *yardsticks) summary(ctx context.Context) error {
	units, err := y.read(ctx, firstUnits)
	if err != nil {
		return err
	}
	households, err := y.in(ctx, `SELECT h.* FROM household_household h JOIN household_holding d ON d.household = h.id
		WHERE d.unit IN (%s) AND d.until IS NULL AND h.until IS NULL`, units)
	if err != nil {
		return err
	}
	if err := y.details(ctx, households); err != nil {
		return err
	}
	for _, query := range []string{
		`SELECT i.* FROM estate_identity i JOIN household_occupancy o ON o.party = i.party JOIN household_holding d ON d.household = o.household WHERE d.unit IN (%s)`,
		`SELECT * FROM estate_lease WHERE unit IN (%s)`,
		`SELECT * FROM estate_vehicle WHERE unit IN (%s)`,
	} {
		if _, err := y.in(ctx, query, units); err != nil {
			return err
		}
	}
	return nil
}

func (y *yardsticks) units(ctx context.Context) error {
	_, err := y.read(ctx, firstUnits)
	return err
}

const firstUnits = `SELECT u.*, e.name FROM estate_unit u JOIN estate_estate e ON e.id = u.estate
	WHERE u.valid_to IS NULL ORDER BY u.estate, u.sorting, u.id LIMIT 50`

// household is one household with its people, what else is known of its units, and its history as it lies in the log.
func (y *yardsticks) household(ctx context.Context) error {
	one := []int64{y.home}
	if _, err := y.in(ctx, `SELECT * FROM household_household WHERE id IN (%s)`, one); err != nil {
		return err
	}
	if err := y.details(ctx, one); err != nil {
		return err
	}
	for _, query := range []string{
		`SELECT i.* FROM estate_identity i JOIN household_occupancy o ON o.party = i.party WHERE o.household IN (%s)`,
		`SELECT l.* FROM estate_lease l JOIN household_holding d ON d.unit = l.unit WHERE d.household IN (%s)`,
		`SELECT v.* FROM estate_vehicle v JOIN household_holding d ON d.unit = v.unit WHERE d.household IN (%s)`,
	} {
		if _, err := y.in(ctx, query, one); err != nil {
			return err
		}
	}
	return y.history(ctx)
}

// history is what lies in the log about the household, its people and its units: each row's versions with their leaf and the
// part that its owner's key seals.
func (y *yardsticks) history(ctx context.Context) error {
	for _, of := range []struct{ table, rows string }{
		{"household_household", `household_household r WHERE r.id = ?`},
		{"household_holding", `household_holding r WHERE r.household = ?`},
		{"household_occupancy", `household_occupancy r WHERE r.household = ?`},
		{"estate_party", `household_occupancy o CROSS JOIN estate_party r WHERE r.id = o.party AND o.household = ?`},
		{"estate_contact", `household_occupancy o CROSS JOIN estate_contact r WHERE r.party = o.party AND o.household = ?`},
		{"estate_identity", `household_occupancy o CROSS JOIN estate_identity r WHERE r.party = o.party AND o.household = ?`},
	} {
		owner := map[string]string{"household_household": "r.estate", "household_holding": "r.estate", "estate_party": "r.id"}[of.table]
		if owner == "" {
			owner = "r.party"
		}
		from, where, _ := strings.Cut(of.rows, " WHERE ")
		_, err := y.read(ctx, `SELECT t.version, l.leaf, p.sealed FROM `+from+` CROSS JOIN evidence_touched t CROSS JOIN evidence_leaf l CROSS JOIN evidence_part p
			WHERE `+where+` AND t.tbl = '`+of.table+`' AND t.row = r.id AND l.log = t.log AND l.pos = t.leaf
			AND p.log = t.log AND p.leaf = t.leaf AND p.owner_id = `+owner, y.home)
		if err != nil {
			return err
		}
	}
	return nil
}
