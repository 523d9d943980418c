package search_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"hudang/internal/platform/access"
	"hudang/internal/platform/op"
	"hudang/internal/platform/op/optest"
)

// Whatever was done in whatever order, the index that followed answers as one that is made anew.
func TestFollow_EqualsRebuild(t *testing.T) {
	each(t, func(s *scene) {
		seed := rand.Uint64()
		t.Logf("seed %d", seed)
		dice := rand.New(rand.NewPCG(seed, 0))
		asked := []string{"王", "王伟", "zhangw", "zs", "8000", "13800138000", "3-1-1202", "3栋", "1202", "京A12", "345", "002X", "咖啡", "漏水", "张 1202"}
		var ids []personID
		for n := range 120 {
			s.act(dice, &ids)
			if n%7 == 0 {
				s.answers(asked[:1]) // catches up in steps of different sizes
			}
		}
		followed := s.answers(asked)
		changed := people
		changed.Version = 2
		fresh := s.open(changed)
		if err := fresh.CatchUp(t.Context()); err != nil {
			t.Fatal(err)
		}
		made := (&scene{Index: fresh, t: t, door: s.door}).answers(asked)
		for typed, want := range made {
			if !slices.Equal(followed[typed], want) {
				t.Errorf("%s: followed %v, made anew %v", typed, followed[typed], want)
			}
		}
		if len(made) < len(asked) {
			t.Error("too little was found for the test to say anything: ", made)
		}
	})
}

// act does something at random.
func (s *scene) act(dice *rand.Rand, ids *[]personID) {
	pick := func(all ...string) string { return all[dice.IntN(len(all))] }
	f := facts{Estate: access.EstateID(1 + dice.IntN(2)), Name: pick("王伟", "张伟", "张三", "王小明") + pick("", "丰"), Former: pick("", "王五", "张三"),
		Room: pick("3-1-1202", "3-1202", "A-501", ""), Plate: pick("", "京A12345", "粤BD12345"), Company: pick("", "瑞幸咖啡有限公司"),
		Number: pick("", "11010519491231002X", "110105491231002"), Note: pick("", "厨房漏水"), Secret: dice.IntN(5) == 0,
		Phones: []string{pick("13800138000", "01088881234")}, FormerPhones: []string{pick("13912345678", "13780005555")}}
	if len(*ids) == 0 || dice.IntN(3) == 0 {
		*ids = append(*ids, s.put(f))
		return
	}
	at := dice.IntN(len(*ids))
	id := (*ids)[at]
	manager := optest.As(s.t.Context(), 1, access.Company, access.Manager)
	var err error
	switch dice.IntN(4) {
	case 0:
		_, err = op.Run(manager, s.door, drop, id)
		*ids = slices.Delete(*ids, at, at+1)
	case 1:
		_, err = op.Run(manager, s.door, endPhones, id)
	default:
		var before person
		if err = s.door.DB.Read().Select(&before).Where("id = ?", id).Scan(s.t.Context()); err == nil {
			f.ID, f.Estate = id, before.Estate
			s.put(f)
		}
	}
	if err != nil {
		s.t.Fatal(err)
	}
}

// answers are the ids found by each of the things typed, per actor; what finds nothing is left out.
func (s *scene) answers(asked []string) map[string][]int64 {
	all := map[string][]int64{}
	for _, typed := range asked {
		for _, who := range []access.Actor{boss, as(1, access.Assistant), as(2, access.Custodian)} {
			found, err := s.Find(s.t.Context(), who, access.Company, typed, 100)
			for tries := 0; err == nil && found.Behind && tries < 100; tries++ { // a search waits for a part of a second only
				found, err = s.Find(s.t.Context(), who, access.Company, typed, 100)
			}
			if err != nil || found.Behind {
				s.t.Fatal(typed, found.Behind, err)
			}
			for _, h := range found.Hits {
				key := fmt.Sprint(typed, " as ", who.Grants)
				all[key] = append(all[key], h.Ref.ID)
			}
		}
	}
	return all
}
