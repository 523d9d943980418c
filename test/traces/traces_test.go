// Package traces looks for personal data where it must not be (reliability T5): planted through pages and operations, then
// searched for in every file of the data folder, every row of the database, and everything the program logged.
package traces

import (
	"bytes"
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/jackc/pgx/v5"

	"hudang/internal/app/apptest"
	"hudang/internal/estate"
	"hudang/internal/platform/access"
	"hudang/internal/platform/account"
	"hudang/internal/platform/op"
	"hudang/test/round"
)

// What is planted. What is kept sealed (design §4) must be nowhere in clear; a name may stand in the rooms' own rows, by which
// lists sort and search, and nowhere else: no log, no leaf.
const (
	phone    = "13799887766"
	landline = "027-87654321"
	number   = "440307198305170019"
	name     = "慕容栖迟"
	typed    = "13688990077" // only ever typed into a page: searched for, or refused
	secret   = "北窗第七封信还没有寄"
	open     = "朝北带露台甲" // a unit's note is nobody's secret: it is found, so the search works
)

var sealed = map[string]string{
	"phone": phone, "import.phone": phone, "contact.other": landline, "contact.address": "隐庐路九十四号", "identity": number, "import.identity": number,
	"party.note": "夜里常常失眠勿扰", "observation.said": "门口堆着三辆旧车", "item.note": "第四页有涂改痕", "file.name": "慕容家的离婚协议",
	"import.remark": "长期在海外治病中",
}

// everywhere are the texts that may be nowhere in clear.
func everywhere() map[string]string {
	all := map[string]string{"a number that was typed": typed, "a password": secret, "the uploaded bytes": string(scanned), "the words in the picture": "SCANNED慕容",
		"the roster": "业主姓名,联系电话"}
	for field, text := range sealed {
		all[field] = text
	}
	return all
}

// scanned is what a scan says: a remark within the picture.
var scanned = []byte("SCANNED慕容栖迟身份证复印件440307")

func say(field, plain string) string {
	switch field {
	case "party.name", "import.name", "import.tenant":
		return name
	case "unit.note":
		return open
	}
	if text, ok := sealed[field]; ok {
		return text
	}
	return plain
}

func TestTraces(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		r := round.New(t, c, c.Garden, "t", say)
		r.Scan = append(r.Scan, scanned...)
		r.Run(round.Steps(), nil)
		byPages(t, c, r)
		if _, err := c.App.Checkpoint(t.Context()); err != nil {
			t.Fatal(err)
		}
		places := folder(t, c.Data)
		places["the log"] = []byte(c.Log.Text())
		if c.Database != "" {
			tables(t, c.Database, places)
		} else {
			leaves(t, c, places)
		}
		for where, content := range places {
			for what, text := range everywhere() {
				if form := found(content, text); form != "" {
					t.Errorf("%s (%s) stands %s in %s", what, text, form, where)
				}
			}
		}
		for where, content := range places {
			if where == "the log" || strings.Contains(where, "evidence_") || strings.Contains(where, "op_token") || strings.Contains(where, "job_") || strings.Contains(where, "highwater") {
				if form := found(content, name); form != "" {
					t.Errorf("a name stands %s in %s", form, where)
				}
			}
		}
		control(t, c, places)
	})
}

// control: what is no secret is found, so a secret would be.
func control(t *testing.T, c *apptest.Company, places map[string][]byte) {
	t.Helper()
	main := "table public.estate_unit"
	if c.Database == "" {
		main = "hudang.db"
	}
	in := 0
	for where, content := range places {
		if strings.HasPrefix(where, main) && found(content, open) != "" && found(content, "estate_unit") != "" {
			in++
		}
	}
	if in == 0 {
		t.Errorf("the open text is not in %s: the search shows nothing (%d places)", main, len(places))
	}
	if len(c.Log.Text()) == 0 {
		t.Error("nothing was logged: the search shows nothing")
	}
}

// byPages sends secrets through pages: searched for, refused, revealed, in addresses that lead nowhere.
func byPages(t *testing.T, c *apptest.Company, r *round.Round) {
	t.Helper()
	keeper := c.SignIn(t, "limin", c.Garden, access.Custodian)
	at := "/parties/" + fmt.Sprint(r.Party) + "/contacts/new"
	for _, path := range []string{"/search?q=" + phone, "/search?q=" + url.QueryEscape(name), "/search?q=" + typed, "/parties/" + typed, "/nowhere/" + typed + "?q=" + typed, "/units?q=" + typed,
		"/units/" + typed + "/change?x=" + typed, "/c/" + typed, "/households/known?unit=1&q=" + typed} {
		if p := keeper.Get(path); p.Status >= http.StatusInternalServerError {
			t.Errorf("%s: %d", path, p.Status)
		}
	}
	for action, values := range map[string]url.Values{
		at: {"contacts.0.value": {typed + "x"}}, "/parties/new": {"name": {""}, "contacts.0.value": {typed}, "note": {sealed["party.note"]}},
		"/observations/new": {"place": {""}, "said": {sealed["observation.said"]}},
	} {
		keeper.Submit(action, action, values)
	}
	keeper.Submit(at, at, url.Values{"contacts.0.value": {phone[:10] + "5"}})
	reveal := "/reveal/estate.reveal_contact/" + fmt.Sprint(r.Contact)
	if p := keeper.Submit(reveal, reveal, url.Values{"why": {"other"}, "words": {"住户来问"}}); !strings.Contains(p.Body, sealed["contact.address"]) {
		t.Errorf("not revealed: %d", p.Status)
	}
	keeper.Submit(account.PasswordPath, account.PasswordPath, url.Values{"new": {secret}, "again": {secret}})
	c.Stranger(t).Submit("/sign-in", "/sign-in", url.Values{"login": {phone}, "password": {secret + "x"}})
	fails(t, c, keeper)
}

// fails has the engine fail under a page full of personal data: the failure is logged, without them.
func fails(t *testing.T, c *apptest.Company, keeper *apptest.Client) {
	t.Helper()
	c.App.Door.OnStep(func(step op.Step, name string) error {
		if step == op.Worked && name == estate.AddParty.Name() {
			return errors.New("the engine failed")
		}
		return nil
	})
	defer c.App.Door.OnStep(nil)
	fields := keeper.Form("/parties/new", "/parties/new")
	p := keeper.Send(fields, "/parties/new?q="+typed, url.Values{"name": {name}, "contacts.0.value": {typed}, "note": {sealed["party.note"]}})
	if p.Status != http.StatusInternalServerError || !strings.Contains(c.Log.Text(), "the engine failed") {
		t.Errorf("failing: %d, logged %q", p.Status, c.Log.Text())
	}
}

// folder is every file of a data folder.
func folder(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	places := map[string][]byte{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		rel, _ := filepath.Rel(dir, path)
		places[rel], err = os.ReadFile(path)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return places
}

// tables is every row of every table of a PostgreSQL database, as text.
func tables(t *testing.T, address string, places map[string][]byte) {
	t.Helper()
	raw, err := pgx.Connect(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	defer raw.Close(context.Background())
	rows, _ := raw.Query(t.Context(), `SELECT schemaname || '.' || tablename FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`)
	all, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		t.Fatal(err)
	}
	for _, table := range all {
		rows, _ := raw.Query(t.Context(), `SELECT x::text FROM `+table+` x`)
		lines, err := pgx.CollectRows(rows, pgx.RowTo[string])
		if err != nil {
			t.Fatal(err)
		}
		places["table "+table] = []byte(table + "\n" + strings.Join(lines, "\n"))
	}
}

// leaves are the log's own tables of an SQLite database, by name, so that a name in them is told from one in a room's rows.
func leaves(t *testing.T, c *apptest.Company, places map[string][]byte) {
	t.Helper()
	q := c.App.Door.DB.Read()
	for _, table := range []string{"evidence_leaf", "evidence_part", "evidence_touched", "op_token", "job_run"} {
		var lines []map[string]any
		if err := q.Select((*struct{})(nil)).TableExpr(table).ColumnExpr("*").Scan(t.Context(), &lines); err != nil {
			t.Fatalf("%s: %v", table, err)
		}
		var b bytes.Buffer
		for _, line := range lines {
			for _, v := range line {
				if raw, ok := v.([]byte); ok {
					b.Write(raw)
				} else {
					fmt.Fprint(&b, v)
				}
				b.WriteByte('\n')
			}
		}
		places["table "+table] = b.Bytes()
	}
}

// found says in which form a text stands in some bytes; empty for none.
func found(content []byte, text string) string {
	wide := []byte{}
	for _, u := range utf16.Encode([]rune(text)) {
		wide = append(wide, byte(u), byte(u>>8))
	}
	for form, b := range map[string][]byte{"as it is": []byte(text), "in UTF-16": wide, "in hexadecimal": []byte(hex.EncodeToString([]byte(text))), "in an address": []byte(url.QueryEscape(text))} {
		if bytes.Contains(content, b) {
			return form
		}
	}
	return ""
}
