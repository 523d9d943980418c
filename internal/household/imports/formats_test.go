package imports_test

import (
	"fmt"
	"os"
	"testing"

	"hudang/internal/estate"
	"hudang/internal/estate/estatetest"
	"hudang/internal/household/imports"
	"hudang/internal/household/roster"
	"hudang/internal/platform/op"
	"hudang/internal/platform/op/optest"
)

// Web pages and the XML of Excel 2003 under the name .xls are rosters like any other.
func TestImport_OtherFormatsCalledXLS(t *testing.T) {
	optest.Each(t, world, func(t *testing.T, d *op.Door) {
		garden := estatetest.Estate(t, d, "澜庭花园")
		for _, tt := range []struct{ file, rooms, names, areas string }{
			{"网页表格_gb2312.xls", "5-1-101 5-1-102", "[沈青禾] [骆一帆]", "76.30 91.50"},
			{"网页表格_utf16.xls", "5-1-101 5-1-102", "[沈青禾] [骆一帆]", "76.30 91.50"},
			{"表格2003.xls", "6-2-301 6-2-302", "[岑知秋] [闻人牧]", "88.66 102.00"},
		} {
			data, err := os.ReadFile("testdata/" + tt.file)
			if err != nil {
				t.Fatal(err)
			}
			id, err := imports.Receive(estatetest.Manager(t), d, imports.UploadIn{Estate: garden, File: tt.file, Data: data})
			if err != nil {
				t.Fatalf("%s: %v", tt.file, err)
			}
			f, err := imports.Load(t.Context(), d, id)
			if err != nil {
				t.Fatal(err)
			}
			for _, p := range f.Plan.Problems {
				if p.Severity != roster.Warning {
					t.Errorf("%s: %s %s %q", tt.file, p.Kind, p.At.Name(), p.Value)
				}
			}
			commit(t, d, id)
			rooms, names, areas := "", "", ""
			for _, u := range f.Plan.Units {
				code := u.House.Code()
				rooms, names = rooms+" "+code, names+" "+fmt.Sprint(called(t, d, garden, code))
				found, err := estate.UnitsLike(t.Context(), d.DB.Read(), garden, code)
				if err != nil || len(found) != 1 {
					t.Fatal(code, found, err)
				}
				areas += " " + found[0].GrossArea.Text()
			}
			if rooms != " "+tt.rooms || names != " "+tt.names || areas != " "+tt.areas {
				t.Errorf("%s:%s%s%s", tt.file, rooms, names, areas)
			}
		}
	})
}
