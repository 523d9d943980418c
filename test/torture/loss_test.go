//go:build linux

package torture

import (
	"bytes"
	"math/rand/v2"
	"os"
	"strconv"
	"testing"
	"time"

	"hudang/internal/platform/op/optest/night"
	"hudang/test/torture/lossyfs"
)

// K3: the power goes at a random change of the disk, and what was not fsynced is lost or torn. What is left is opened, judged,
// and gone on with. HUDANG_TORTURE_SEED lives through one folder again, though the clients' steps mix in another way each time.
func TestPowerLoss_AtRandomMoments(t *testing.T) {
	const perFolder = 10
	cuts := night.Rounds(t, 100, 10, 5000)
	if seed, err := strconv.Atoi(os.Getenv("HUDANG_TORTURE_SEED")); err == nil {
		cuts = func(yield func(int) bool) {
			for n := seed * perFolder; n < (seed+1)*perFolder && yield(n); n++ {
			}
		}
	}
	ways, cut := map[string]int{}, 0
	var s *outage
	for n := range cuts {
		seed, round := n/perFolder, n%perFolder
		if s == nil || round == 0 {
			if s != nil {
				forget(t, s.image, s.acks)
			}
			s = &outage{T: t, image: t.TempDir(), acks: t.TempDir()}
		}
		way := s.round(rand.New(rand.NewPCG(uint64(seed), uint64(round))))
		if t.Failed() {
			t.Fatalf("seed %d, round %d: %s", seed, round, way)
		}
		ways[way]++
		cut++
	}
	t.Log(ways)
	if cut >= 100 && len(ways) < 5 {
		t.Errorf("the power went in few ways: %v", ways)
	}
}

// outage is a folder that lives through one power cut after another.
type outage struct {
	*testing.T
	image, acks string // what the disk held after the last one; what the clients were told
}

// round has the program work on a disk until the power goes, and judges what is left; it says how the rest was lost.
func (s *outage) round(r *rand.Rand) (way string) {
	s.Helper()
	disk, err := lossyfs.Load(s.image)
	if err != nil {
		s.Fatal(err)
	}
	mounted := s.TempDir()
	unmount, err := disk.Mount(mounted)
	if err != nil {
		s.Skipf("no file system of our own can be mounted here, so no power can go: %v", err)
	}
	disk.CutAt(1 + r.IntN([]int{60, 600, 4000}[r.IntN(3)])) // opening the first time is some hundred changes
	s.live(disk, mounted)
	if err := unmount(); err != nil {
		s.Error(err)
	}
	forget(s.T, s.image)
	s.image = s.TempDir()
	if way, err = disk.Save(s.image, r); err != nil {
		s.Fatal(err)
	}
	judgeBy(s.T, s.image, s.acks, 1)
	if s.Failed() {
		if _, err := disk.Save(s.ArtifactDir(), r); err != nil { // as it was before it was opened for judgement
			s.Error(err)
		}
	}
	return way
}

// live runs the program on the disk until the power goes, and kills it.
func (s *outage) live(disk *lossyfs.Disk, mounted string) {
	s.Helper()
	var problems bytes.Buffer
	cmd := child(s.T, "crowd", mounted)
	cmd.Env = append(cmd.Env, envAcks+"="+s.acks)
	cmd.Stderr = &problems
	if err := cmd.Start(); err != nil {
		s.Fatal(err)
	}
	dead := make(chan error, 1)
	go func() { dead <- cmd.Wait() }()
	select {
	case <-disk.Cut():
	case err := <-dead:
		s.Errorf("the program ended by itself: %v", err)
		dead <- err
	case <-time.After(time.Minute):
		s.Error("the disk is not written to any more")
	}
	_ = cmd.Process.Kill() // it may be dead
	disk.Release()
	<-dead
	if problems.Len() > 0 {
		s.Error(&problems)
	}
}

// forget removes folders that are not needed until the test ends: there are thousands.
func forget(t *testing.T, dirs ...string) {
	t.Helper()
	for _, dir := range dirs {
		if err := os.RemoveAll(dir); err != nil {
			t.Error(err)
		}
	}
}
