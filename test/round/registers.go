package round

import (
	"hudang/internal/platform/record"
	"hudang/internal/register"
	"hudang/internal/register/registertest"
)

// RegisterSteps carry out what every register has, and its acts; the record made is the round's thing below its address.
func RegisterSteps[T, F any, ID ~int64, P register.Row[T, F, ID]](r *register.Register[T, F, ID, P], acts ...func(id func(*Round) ID) []Step) []Step {
	id := func(of *Round) ID { return ID(of.Things[r.Path+"/"]) }
	steps := []Step{
		does(r.Enter, keeper, func(of *Round) register.EnterIn[F] {
			return register.EnterIn[F]{Estate: of.Estate, Facts: registertest.Facts(r.Fields, of.Say)}
		}, func(of *Round, made ID) { of.Things[r.Path+"/"] = int64(made) }),
		does(r.Correct, keeper, func(of *Round) register.ChangeIn[ID, F] {
			return register.ChangeIn[ID, F]{ID: id(of), Facts: registertest.Facts(r.Fields, of.Say)}
		}, nil),
		does(r.Void, keeper, func(of *Round) record.VoidIn[ID] {
			return record.VoidIn[ID]{ID: id(of), Why: of.Say(r.Noun+".why", "记重了")}
		}, nil),
		does(r.Restore, keeper, id, nil),
	}
	for _, a := range acts {
		steps = append(steps, a(id)...)
	}
	return steps
}

// ActSteps carry out an act of a register and its undo.
func ActSteps[T any, G comparable, ID ~int64](a *register.Act[T, G, ID]) func(id func(*Round) ID) []Step {
	return func(id func(*Round) ID) []Step {
		return []Step{
			does(a.Do, keeper, func(of *Round) register.ChangeIn[ID, G] {
				return register.ChangeIn[ID, G]{ID: id(of), Facts: registertest.Facts(a.Fields, of.Say)}
			}, nil),
			does(a.Undo, keeper, id, nil),
		}
	}
}
