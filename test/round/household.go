package round

import (
	"bytes"

	"hudang/internal/archive"
	"hudang/internal/estate"
	"hudang/internal/household"
	"hudang/internal/platform/access"
	"hudang/internal/platform/clock"
	"hudang/internal/platform/sign"
)

func (r *Round) person(part household.Part, name string) household.PersonIn {
	facts := r.partyFacts(name)
	return household.PersonIn{Part: part, Relation: r.Say("household.relation", "妻"), PartyFacts: facts,
		Phones: []estate.ContactFacts{{Value: r.Say("phone", "13700137001")}}}
}

func home(r *Round) household.ID { return r.Home }

func householdSteps() []Step {
	open := func(unit int, keep func(*Round, household.ID)) Step {
		return does(household.Open, keeper, func(r *Round) household.OpenIn {
			return household.OpenIn{Estate: r.Estate, Kind: household.OwnerHome, Units: []estate.UnitID{r.Units[unit]}, Since: "2019-10", Stay: household.LivedIn,
				People: []household.PersonIn{r.person(household.Owner, "赵一"), r.person(household.Family, "赵二")}}
		}, keep)
	}
	steps := []Step{
		open(0, func(r *Round, id household.ID) { r.Home = id }),
		open(3, func(r *Round, id household.ID) { r.Sold = id }),
		does(household.Change, keeper, func(r *Round) household.ChangeIn {
			return household.ChangeIn{ID: r.Home, Kind: household.OwnerHome, Stay: household.LetOut, Since: "2019-11"}
		}, nil),
		does(household.Confirm, keeper, home, nil),
		does(household.Unconfirm, keeper, func(r *Round) household.UnconfirmIn { return household.UnconfirmIn{ID: r.Home} }, nil),
		does(household.Remarks, keeper, func(r *Round) household.RemarkIn {
			return household.RemarkIn{Household: r.Home, Text: r.Say("household.remark", "耳背，大声点")}
		}, func(r *Round, id household.RemarkID) { r.Remark = id }),
		reveal(household.RemarkInClear, func(r *Round) int64 { return int64(r.Remark) }),
		does(household.Hold, keeper, func(r *Round) household.HoldIn { return household.HoldIn{Household: r.Home, Unit: r.Units[1]} },
			func(r *Round, id household.HoldingID) { r.Holding = id }),
		does(household.GiveUp, keeper, func(r *Round) household.GiveUpIn { return household.GiveUpIn{ID: r.Holding} }, nil),
		does(household.AddPerson, keeper, func(r *Round) household.AddPersonIn {
			return household.AddPersonIn{Household: r.Home, PersonIn: r.person(household.Emergency, "周三")}
		}, func(r *Round, id household.OccupancyID) { r.Occupancy = id }),
		does(household.ChangePerson, keeper, func(r *Round) household.ChangePersonIn {
			return household.ChangePersonIn{ID: r.Occupancy, Part: household.Family, Relation: r.Say("household.relation", "岳父")}
		}, nil),
		does(household.Leave, keeper, func(r *Round) household.LeaveIn {
			return household.LeaveIn{ID: r.Occupancy, Why: r.Say("household.why", "回老家")}
		}, nil),
		does(household.Return, keeper, func(r *Round) household.OccupancyID { return r.Occupancy }, nil),
		does(household.Transfer, keeper, func(r *Round) household.TransferIn {
			return household.TransferIn{ID: r.Sold, Why: r.Say("household.why", "买卖"), OpenIn: household.OpenIn{Estate: r.Estate, People: []household.PersonIn{r.person(household.Owner, "吴四")}}}
		}, func(r *Round, id household.ID) { r.Sold = id }),
		does(household.Close, keeper, func(r *Round) household.CloseIn {
			return household.CloseIn{ID: r.Sold, Why: r.Say("household.why", "收回")}
		}, nil),
		does(household.Reopen, keeper, func(r *Round) household.ID { return r.Sold }, nil),
	}
	steps = append(steps,
		does(household.MoveIn, keeper, func(r *Round) household.MoveInIn {
			return household.MoveInIn{Unit: r.Units[3], Since: "2026-11-01", Plates: "京A88888", People: []household.PersonIn{r.person(household.Tenant, "郑六"), r.person(household.Resident, "郑七")},
				LeaseFacts: estate.LeaseFacts{Kind: estate.Let, Use: estate.Living, ValidFrom: "2026-11-01", ValidTo: "2027-10-31", Heads: 2, Payer: estate.PayerTenant,
					Contract: r.Say("lease.contract", "2026-18"), Trade: r.Say("lease.trade", "无"), Hours: r.Say("lease.hours", "无")}}
		}, func(r *Round, in household.MovedIn) { r.Let = in.Household }),
		does(household.UndoMoveIn, keeper, func(r *Round) household.UndoMoveInIn {
			return household.UndoMoveInIn{ID: r.Let, Why: r.Say("household.why", "登记错房号")}
		}, nil),
		does(household.LiveIn, keeper, func(r *Round) household.LiveInIn {
			return household.LiveInIn{ID: r.Sold, Since: "2026-11-02", Plates: "京A66666"}
		}, nil))
	ask := does(household.AskAccess, outside, func(r *Round) household.AskIn {
		return household.AskIn{Unit: r.Units[0], Why: r.Say("request.why", "楼下漏水")}
	}, func(r *Round, id household.RequestID) { r.Asked = id })
	steps = append(steps, ask,
		does(household.AnswerAccess, head, func(r *Round) household.AnswerIn {
			return household.AnswerIn{ID: r.Asked, State: household.Granted, Answer: r.Say("request.answer", "明天上午")}
		}, nil), ask)
	return append(append(steps, observationSteps()...), fileSteps()...)
}

func observationSteps() []Step {
	note := does(household.Note, keeper, func(r *Round) household.NoteIn {
		return household.NoteIn{Estate: r.Estate, Place: r.Say("observation.place", "9-1-901"), Said: r.Say("observation.said", "门上贴了租售广告")}
	}, func(r *Round, id household.ObservationID) { r.Seen = id })
	return []Step{note,
		does(household.Settle, keeper, func(r *Round) household.SettleIn {
			return household.SettleIn{ID: r.Seen, State: household.Confirmed, Outcome: r.Say("observation.outcome", "已问过业主")}
		}, nil),
		note,
		reveal(household.SaidInClear, func(r *Round) int64 { return int64(r.Seen) }),
	}
}

func fileSteps() []Step {
	return []Step{
		does(household.PrintCard, keeper, home, func(r *Round, label string) { r.Label = label }),
		does(household.PrintDirectory, keeper, home, nil),
		does(household.TickPaper, keeper, func(r *Round) household.TickPaperIn {
			return household.TickPaperIn{Household: r.Home, Codes: []string{"register", "identity"}, Place: r.Say("paper.place", "B-02-4")}
		}, nil),
		does(household.MarkLines, keeper, func(r *Round) household.MarkLinesIn {
			return household.MarkLinesIn{Household: r.Home, Codes: []string{"signoff"}, Mark: household.NotApplicable, Why: r.Say("paper.why", "交房时没有")}
		}, nil),
		does(household.NewDirectory, head, func(r *Round) household.NewDirectoryIn {
			return household.NewDirectoryIn{Kind: household.CompanyOwned, Lines: []household.LineIn{{Section: r.Say("directory.section", "权属"), Title: r.Say("directory.title", "产权证"), Need: household.Required}}}
		}, nil),
		does(household.CheckShelf, keeper, (*Round).sheet, func(r *Round, id household.CheckID) {
			r.Check = id
			lines, err := household.LinesOfCheck(r.T.Context(), r.C.App.Door.DB.Read(), id)
			r.must(err)
			r.Line = lines[0].ID
		}),
		does(household.SettleDifference, keeper, func(r *Round) household.SettleDifferenceIn {
			return household.SettleDifferenceIn{Line: r.Line, Settled: household.Found, How: r.Say("check.how", "夹在邻户卷内")}
		}, nil),
		does(household.PrintCheck, keeper, func(r *Round) household.CheckID { return r.Check }, nil),
		does(household.OpenFile, keeper, home, func(r *Round, id archive.VolumeID) { r.File = id }),
		does(household.FilePapers, keeper, func(r *Round) household.FilePapersIn {
			return household.FilePapersIn{Household: r.Home, Volume: r.File, Code: "title", As: household.OnePaper, Original: archive.IsCopy,
				Place: r.Say("paper.place", "B-02-5"), Uploads: []archive.Upload{r.receive(r.File, r.Say("file.name", "房产证")+".png", r.Scan)}}
		}, nil),
	}
}

// sheet is a shelf check on which the first paper is missing, and something lies there besides.
func (r *Round) sheet() household.CheckShelfIn {
	q := r.C.App.Door.DB.Read()
	h, err := household.Find(r.T.Context(), q, access.Actor{Grants: r.head.grants}.Scope(access.Desk, access.Company), r.Home)
	r.must(err)
	files, err := household.Files(r.T.Context(), q, clock.Date(r.C.Clock.Now()), h)
	r.must(err)
	in := household.CheckShelfIn{Household: r.Home, Proof: sign.Proven(int64(r.keeper.id), sign.ByPassword, r.C.Clock.Now()),
		Extra: []household.ExtraIn{{Title: r.Say("check.extra", "旧租约")}}}
	in.Expected, err = household.ExpectedOn(files[r.Home])
	r.must(err)
	for i, p := range files[r.Home].OnShelf() {
		found := household.FoundIn{Item: p.Item, Finding: household.There, Note: r.Say("check.note", "在夹层")}
		if i == 0 {
			found.Finding = household.Missing
		}
		in.Found = append(in.Found, found)
	}
	return in
}

func (r *Round) receive(v archive.VolumeID, name string, content []byte) archive.Upload {
	r.T.Helper()
	u, err := r.C.App.Scans.Receive(r.T.Context(), v, name, bytes.NewReader(content))
	r.must(err)
	return u
}
