// Package registertest has what tests of registers need: their world, and records with something in every field.
package registertest

import (
	"hudang/internal/estate"
	"hudang/internal/platform/label"
	"hudang/internal/platform/module"
	"hudang/internal/platform/module/moduletest"
	"hudang/internal/platform/op/optest"
	"hudang/internal/platform/record"
	"hudang/internal/platform/series"
	"hudang/internal/platform/setting"
)

// World is what a test of rooms that have registers needs of the program.
func World(rooms ...module.Module) optest.World {
	return moduletest.World(append([]module.Module{{Files: setting.Files, Tables: setting.Tables}, series.Module, label.Module, estate.Module}, rooms...)...)
}

// Facts are facts with something in every field: texts as say gives them, by the field's name.
func Facts[F any](fields record.Fields[F], say func(field, plain string) string) F {
	var facts F
	for _, f := range fields {
		switch at := f.Of(&facts).(type) {
		case *int64:
			*at = 3
		case *bool:
			*at = true
		case *string:
			*at = text(f.Kind, f.Choices, func() string { return say(f.Name, "样例") })
		}
	}
	return facts
}

func text(kind record.Kind, choices []string, plain func() string) string {
	switch kind {
	case record.Choice:
		return choices[0]
	case record.Day, record.PastDay, record.StartDay, record.Moment:
		return "2026-11-20"
	}
	return plain()
}
