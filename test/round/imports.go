package round

import (
	"encoding/csv"
	"net/url"
	"strconv"
	"strings"

	"hudang/internal/household/imports"
	"hudang/internal/platform/access"
	"hudang/internal/platform/job"
	"hudang/internal/platform/job/jobtest"
	"hudang/internal/platform/list"
	"hudang/internal/platform/ref"
)

// roster is two flats nobody has registered; every cell that takes a text takes the round's.
func (r *Round) roster() []byte {
	var b strings.Builder
	w := csv.NewWriter(&b)
	rows := [][]string{{"楼栋", "单元", "房号", "建筑面积", "业主姓名", "联系电话", "身份证号", "租户姓名", "车牌号", "备注"},
		{"8", "1", "801", "89.5", r.Say("import.name", "郑五"), r.Say("phone", "13500135001"), r.Say("import.identity", "11010519491231002X"), r.Say("import.tenant", "冯六"), r.Say("import.plate", "京A54321"), r.Say("import.remark", "常年出差")},
		{"8", "1", "802", r.Say("import.area", "90"), r.Say("import.name", "陈八"), r.Say("import.phone", "13500135002"), "", "", "", r.Say("import.remark", "独居")},
		{"8", "1", r.Say("import.room", "不详"), "", r.Say("import.name", "卫九"), r.Say("import.phone", "13500135003"), "", "", "", ""}}
	r.must(w.WriteAll(rows))
	return []byte(b.String())
}

func importSteps() []Step {
	id := func(r *Round) imports.ID { return r.Import }
	upload := func(keep func(r *Round, id imports.ID)) Step {
		return does(imports.Upload, keeper, func(r *Round) imports.UploadIn {
			return imports.UploadIn{Estate: r.Estate, File: r.Say("import.file", "花名册") + ".csv", Data: r.roster()}
		}, keep)
	}
	written := func(r *Round, id job.ID) {
		r.Job = id
		s := access.ProgramActor().Scope([]access.Post{access.Program}, access.Company)
		defer func() {
			left, err := imports.OpenOf(r.T.Context(), r.C.App.Door.DB.Read(), s, r.Import)
			r.must(err)
			r.Left = left[0]
			v, err := imports.Lines.View(r.T.Context(), r.C.App.Door.DB.Read(), list.Reader{Actor: access.Actor{Grants: r.head.grants}}, url.Values{"import": {ref.Text(r.Import)}})
			r.must(err)
			r.Row = v.Rows[0].ID
		}()
		if run := jobtest.Over(r.T, r.C.App.Door, id); run.State != job.Done {
			r.T.Fatalf("the job ended %s: %s %s", run.State, run.ErrorKey, run.ErrorArgs)
		}
	}
	commit := does(imports.Commit, keeper, id, written)
	commit.Also = []string{imports.WriteRows.Name(), imports.WriteRows.Name(), imports.KeepLines.Name(), imports.Finish.Name()}
	pictures := does(imports.Commit, keeper, func(r *Round) imports.ID { return r.Open }, func(r *Round, id job.ID) {
		if run := jobtest.Over(r.T, r.C.App.Door, id); run.State != job.Done {
			r.T.Fatalf("the job ended %s: %s %s", run.State, run.ErrorKey, run.ErrorArgs)
		}
		s := access.ProgramActor().Scope([]access.Post{access.Program}, access.Company)
		_, left, err := imports.LinesAndLeft(r.T.Context(), r.C.App.Door.DB.Read(), s, r.Open)
		r.must(err)
		r.waiting = nil
		for _, l := range left {
			if l.Picture != "" {
				r.waiting = append(r.waiting, l.ID)
			}
		}
		r.Left = r.waiting[1]
	})
	pictures.Also = []string{imports.WriteRows.Name(), imports.WriteRows.Name(), imports.FilePictures.Name(), imports.KeepLines.Name(), imports.Finish.Name()}
	undo := does(imports.Undo, keeper, id, written)
	undo.Also = []string{imports.TakeBackRows.Name(), imports.TakeBackRows.Name(), imports.Finish.Name()}
	return []Step{
		upload(func(r *Round, id imports.ID) { r.Import = id }),
		does(imports.Prepare, keeper, func(r *Round) imports.PrepareIn {
			return imports.PrepareIn{ID: r.Import, Moves: imports.MovesLeave}
		}, nil),
		does(imports.TakeProblems, keeper, id, nil),
		commit,
		does(imports.GiveLeft, keeper, func(r *Round) imports.GiveLeftIn {
			return imports.GiveLeftIn{ID: r.Left, Given: int64(r.keeper.id), Due: "2026-12-31"}
		}, nil),
		does(imports.SettleLeft, keeper, func(r *Round) imports.SettleLeftIn {
			return imports.SettleLeftIn{ID: r.Left, State: imports.LeftDropped, Outcome: r.Say("left.outcome", "查无此户")}
		}, nil),
		does(imports.ReopenLeft, keeper, func(r *Round) imports.LeftID { return r.Left }, nil),
		reveal(imports.LeftValue, func(r *Round) int64 { return int64(r.Left) }),
		reveal(imports.LineText, func(r *Round) int64 {
			id, _ := strconv.ParseInt(r.Row, 10, 64)
			return id
		}),
		undo,
		upload(func(r *Round, id imports.ID) { r.Import = id }),
		commit,
		upload(func(r *Round, id imports.ID) { r.Open = id }),
		does(imports.Discard, keeper, func(r *Round) imports.ID { return r.Open }, nil),
		does(imports.Upload, keeper, func(r *Round) imports.UploadIn {
			return imports.UploadIn{Estate: r.Estate, File: "照片.xlsx", Data: r.pictured()}
		}, func(r *Round, id imports.ID) { r.Open = id }),
		pictures,
		does(imports.FilePicture, keeper, func(r *Round) imports.FilePictureIn {
			return imports.FilePictureIn{ID: r.waiting[0], Paper: imports.PaperIn{Household: r.Home, Volume: r.Volume, Title: "身份证照片", Upload: r.receive(r.Volume, "照片.png", r.Scan)}}
		}, nil),
		upload(func(r *Round, id imports.ID) { r.Open = id }),
		does(imports.ExportRoster, keeper, func(r *Round) imports.ExportIn { return imports.ExportIn{Estate: r.Estate} }, nil),
		does(imports.ExportClear, keeper, func(r *Round) imports.ExportIn {
			return imports.ExportIn{Estate: r.Estate, Why: r.Say("clear.why", "街道办核对")}
		}, nil),
	}
}
