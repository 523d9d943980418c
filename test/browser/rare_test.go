package browser

import (
	"archive/zip"
	"bytes"
	"context"
	"html"
	"net/url"
	"path"
	"regexp"
	"testing"

	"hudang/internal/app/apptest"
	"hudang/internal/archive"
	"hudang/internal/estate"
	"hudang/internal/household"
	"hudang/internal/household/imports"
	"hudang/internal/platform/access"
	"hudang/internal/platform/clock"
	"hudang/internal/platform/list"
	"hudang/internal/platform/op"
	"hudang/internal/platform/ref"
	"hudang/internal/platform/sign"
)

var (
	partyLink    = regexp.MustCompile(`/parties/\d+`)
	identityLink = regexp.MustCompile(`/identities/\d+`)
)

// rarePages are pages of what the demonstration company has not got: a home just let, a signed shelf check, a request for
// access, a request that waits for approval, a packed paper, labels printed together.
func rarePages(t *testing.T) map[string]string {
	t.Helper()
	manager := as(t, "chenli", access.Manager)
	v, err := household.Households.View(manager, served.app.Door.DB.Read(), list.Reader{Actor: access.From(manager)}, url.Values{})
	if err != nil || len(v.Rows) == 0 {
		t.Fatal(len(v.Rows), err)
	}
	home := ref.ParseID[household.ID](v.Rows[0].ID)
	check := checkShelf(t, manager, home)
	unit, let := letOut(t, manager)
	packed := packedPaper(t, manager, home)
	p := map[string]string{"shelf-check-signed": check, "shelf-check-print": check + "/print", "household-let": let, "undo-move-in": let + "/undo-move-in",
		"paper-packed": packed, "approval": waiting(t), "households-print": "/households/print?building=3"}
	p["access-request"] = asked(t, unit)
	get, post := reader(t, "chenli")
	ticked := apptest.Fields(get("/units"), "/label/unit")
	ticked["id"] = []string{ref.Text(unit), path.Base(firstUnit(t))}
	p["labels"] = post("/label/unit", ticked)
	for _, row := range v.Rows {
		for _, party := range partyLink.FindAllString(get(row.Href), -1) {
			if id := identityLink.FindString(get(party)); id != "" {
				p["party-identity"], p["identity-correct"], p["identity-end"] = party, id+"/correct", id+"/end"
				return p
			}
		}
	}
	t.Fatal("nobody in the demonstration company has an identity number")
	return nil
}

// as is a context in which one of the company's people acts.
func as(t *testing.T, login string, post access.Post) context.Context {
	t.Helper()
	id, err := served.app.Accounts.ByLogin(t.Context(), login)
	if err != nil {
		t.Fatal(err)
	}
	return access.With(t.Context(), access.Actor{Account: int64(id), Name: login, Grants: []access.Grant{{Post: post}}})
}

// checkShelf signs a shelf check on which the first paper is missing, and something lies there besides.
func checkShelf(t *testing.T, ctx context.Context, home household.ID) string {
	t.Helper()
	a := served.app
	h, err := household.Find(ctx, a.Door.DB.Read(), access.From(ctx).Scope([]access.Post{access.Manager}, access.Company), home)
	if err != nil {
		t.Fatal(err)
	}
	files, err := household.Files(ctx, a.Door.DB.Read(), clock.Date(a.Door.Clock.Now()), h)
	if err != nil {
		t.Fatal(err)
	}
	in := household.CheckShelfIn{Household: home, Proof: sign.Proven(access.From(ctx).Account, sign.ByPassword, a.Door.Clock.Now()), Extra: []household.ExtraIn{{Title: "旧租约"}}}
	if in.Expected, err = household.ExpectedOn(files[home]); err != nil {
		t.Fatal(err)
	}
	for i, p := range files[home].OnShelf() {
		found := household.FoundIn{Item: p.Item, Finding: household.There}
		if i == 0 {
			found.Finding, found.Note = household.Missing, "在夹层里没有找到"
		}
		in.Found = append(in.Found, found)
	}
	done, err := op.Run(ctx, a.Door, household.CheckShelf, in)
	if err != nil {
		t.Fatal(err)
	}
	return "/shelf-checks/" + ref.Text(done.Out)
}

// letOut lets an empty flat to somebody new.
func letOut(t *testing.T, ctx context.Context) (unit estate.UnitID, home string) {
	t.Helper()
	summary := household.Summary()
	v, err := summary.View(ctx, served.app.Door.DB.Read(), list.Reader{Actor: access.From(ctx)}, url.Values{"kind": {string(estate.Flat)}, "tab": {"vacant"}})
	if err != nil || len(v.Rows) == 0 {
		t.Fatal(len(v.Rows), err)
	}
	unit = estate.ParseUnitID(v.Rows[0].ID)
	in := household.MoveInIn{Unit: unit, Since: "2026-11-01", People: []household.PersonIn{{Part: household.Tenant, PartyFacts: estate.PartyFacts{Kind: estate.Person, Name: "郑小满"}}},
		LeaseFacts: estate.LeaseFacts{Kind: estate.Let, Use: estate.Living, ValidFrom: "2026-11-01", ValidTo: "2027-10-31", Heads: 2, Payer: estate.PayerTenant}}
	done, err := op.Run(ctx, served.app.Door, household.MoveIn, in)
	if err != nil {
		t.Fatal(err)
	}
	return unit, "/households/" + ref.Text(done.Out.Household)
}

// packedPaper files a zip, whose page offers to unpack it.
func packedPaper(t *testing.T, ctx context.Context, home household.ID) string {
	t.Helper()
	var file bytes.Buffer
	z := zip.NewWriter(&file)
	w, err := z.Create("装修/平面图说明.txt")
	if err == nil {
		_, err = w.Write([]byte("卫生间移位，见附图"))
	}
	if err == nil {
		err = z.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	volume, err := op.Run(ctx, served.app.Door, household.OpenFile, home)
	if err != nil {
		t.Fatal(err)
	}
	upload, err := served.app.Scans.Receive(ctx, volume.Out, "装修资料.zip", &file)
	if err != nil {
		t.Fatal(err)
	}
	items, err := op.Run(ctx, served.app.Door, archive.AddItems, archive.AddItemsIn{Volume: volume.Out, Items: []archive.NewItem{{ItemFacts: archive.ItemFacts{Title: "装修资料", Original: archive.IsCopy}, Uploads: []archive.Upload{upload}}}})
	if err != nil {
		t.Fatal(err)
	}
	return "/items/" + ref.Text(items.Out[0])
}

// asked is another department's request for access to a unit's file.
func asked(t *testing.T, unit estate.UnitID) string {
	t.Helper()
	done, err := op.Run(as(t, "sunhao", access.OtherDept), served.app.Door, household.AskAccess, household.AskIn{Unit: unit, Why: "楼下漏水，要联系业主"})
	if err != nil {
		t.Fatal(err)
	}
	return "/access-requests/" + ref.Text(done.Out)
}

// waiting is a request for a roster in clear that waits for somebody else's approval.
func waiting(t *testing.T) string {
	t.Helper()
	get, post := reader(t, "limin")
	form := apptest.Fields(get(imports.ClearPath), imports.ClearPath)
	form.Set("why", "年审要核对业主电话")
	if form.Get("estate") == "" {
		form.Set("estate", regexp.MustCompile(`<option value="(\d+)"`).FindStringSubmatch(get(imports.ClearPath))[1])
	}
	return html.UnescapeString(post(imports.ClearPath, form))
}
