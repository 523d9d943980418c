package app

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"reflect"

	"hudang/internal/estate"
	"hudang/internal/platform/access"
	"hudang/internal/platform/account"
	"hudang/internal/platform/clock"
	"hudang/internal/platform/control"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/op"
	"hudang/internal/platform/setting"
)

// person is somebody of the demonstration company.
type person struct {
	login, name string
	grants      []access.Grant
}

// everywhere is a post held in all estates.
func everywhere(posts ...access.Post) []access.Grant {
	var grants []access.Grant
	for _, p := range posts {
		grants = append(grants, access.Grant{Post: p, Estate: access.Company})
	}
	return grants
}

// Fill makes the demonstration company in an empty installation, through the same operations as everybody, and tells
// its progress. A company that exists already is left as it is;
// one that was not finished is refused with what to do.
func (a *App) Fill(ctx context.Context, progress io.Writer) error {
	people := demoPeople()
	first, err := a.Accounts.ByLogin(ctx, people[0].login)
	if err != nil || first != 0 {
		return err
	}
	program := access.With(ctx, access.ProgramActor())
	begun, err := estate.Estates(ctx, a.Door.DB.Read(), access.Actor{Grants: everywhere(access.Manager)}.Scope(access.Posts, access.Company))
	if err != nil {
		return err
	}
	if len(begun) > 0 {
		return errs.E(errs.Blocked, "demo.error.unfinished", a.data)
	}
	crowd := demoCrowd()
	for _, e := range demoEstates() {
		id, err := op.Run(program, a.Door, estate.CreateEstate, e.facts)
		if err != nil {
			return err
		}
		manager := access.With(ctx, access.Actor{Name: "hudang", Grants: everywhere(access.Manager)})
		var units []estate.UnitID
		for n, facts := range e.units {
			unit, err := op.Run(manager, a.Door, estate.AddUnit, estate.AddUnitIn{Estate: id.Out, UnitFacts: facts})
			if err != nil {
				return fmt.Errorf("%s %s: %w", e.facts.Name, facts.Room, err)
			}
			units = append(units, unit.Out)
			if (n+1)%500 == 0 || n+1 == len(e.units) {
				fmt.Fprintf(progress, "  %s %d/%d\n", e.facts.Name, n+1, len(e.units))
			}
		}
		if err := a.settle(manager, crowd, id.Out, e, units, progress); err != nil {
			return err
		}
		if err := a.fillRegisters(manager, id.Out); err != nil {
			return err
		}
		for i := range people {
			if people[i].login == e.assistant {
				people[i].grants = append(people[i].grants, access.Grant{Post: access.Assistant, Estate: id.Out})
			}
		}
	}
	if err := a.begin(ctx); err != nil {
		return err
	}
	for _, p := range people[1:] {
		if err := a.hire(program, p); err != nil {
			return err
		}
	}
	return a.hire(program, people[0]) // last: her account says that the company is complete
}

// fillRegisters enters records into the registers of an estate.
func (a *App) fillRegisters(ctx context.Context, e access.EstateID) error {
	entered := demoNames().Entered
	for _, o := range a.Door.Ops() {
		for _, facts := range entered[o.Name()] {
			raw, err := json.Marshal(map[string]any{"Estate": e, "Facts": facts}) // as register.EnterIn
			in := reflect.New(o.In())
			if err == nil {
				err = json.Unmarshal(raw, in.Interface())
			}
			if err == nil {
				_, err = o.RunAny(ctx, a.Door, in.Elem().Interface())
			}
			if err != nil {
				return fmt.Errorf("%s %s: %w", o.Name(), facts, err)
			}
		}
	}
	return nil
}

// begin makes today the company's first day: its rules count from now on.
func (a *App) begin(ctx context.Context) error {
	manager := access.With(ctx, access.Actor{Name: "hudang", Grants: everywhere(access.Manager)})
	today := setting.ValueOf(clock.Date(a.Door.Clock.Now()))
	_, err := op.Run(manager, a.Door, a.settings.Change(), setting.ChangeIn{Name: control.Start.Name, Value: today, Why: "demo"})
	return err
}

func (a *App) hire(ctx context.Context, p person) error {
	_, err := op.Run(ctx, a.Door, account.AddAccount, account.AddAccountIn{Login: p.login, Name: p.name, Grants: p.grants})
	return err
}

// DemoLink is a sign-in link of one of the demonstration company's people.
type DemoLink struct {
	Name, Path string
	Post       access.Post
}

// DemoLinks makes a fresh one-time link for each.
func (a *App) DemoLinks(ctx context.Context) ([]DemoLink, error) {
	var links []DemoLink
	for _, p := range demoPeople() {
		id, err := a.Accounts.ByLogin(ctx, p.login)
		if err != nil {
			return nil, err
		}
		secret, err := a.Accounts.NewLink(ctx, id)
		if err != nil {
			return nil, err
		}
		post := access.Assistant
		if len(p.grants) > 0 {
			post = p.grants[0].Post
		}
		links = append(links, DemoLink{Name: p.name, Path: "/enter/" + secret, Post: post})
	}
	return links, nil
}
