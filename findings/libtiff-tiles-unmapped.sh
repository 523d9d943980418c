#!/usr/bin/env bash
# 2026-12-01 · libtiff 4.5.0-6+deb12u4 (Debian 12)
# A sound TIFF of uncompressed tiles cannot be drawn when the file is not mapped into memory (mode "rm", or a caller's own reading
# functions without mapping, as any sandbox has): TIFFReadRGBAImageOriented answers 0 and says
#   a.tif: Invalid tile byte count for tile 0. Expected 256, got 1024.
# Mapped, the same file is drawn; and tile by tile (TIFFReadEncodedTile) it can be read in both ways. What is compared with the
# size of a tile is the read buffer, which is rounded up to 1,024 bytes: tiles of a multiple of that are drawn.
# What it means here: build/pictures mends the comparison before it compiles libtiff for the sandbox.
set -euo pipefail
command -v gcc >/dev/null && command -v apt-get >/dev/null || { echo "needs Debian 12 with gcc" >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
version=4.5.0-6+deb12u4
apt-get download -qq "libtiff-dev=$version" "libtiff6=$version" 2>/dev/null || { echo "libtiff $version is not served any more" >&2; exit 2; }
for deb in *.deb; do dpkg -x "$deb" root; done
cat >t.c <<'C'
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tiffio.h>

static void make(const char *name, int side) {
  TIFF *t = TIFFOpen(name, "w");
  char *tile = calloc(side, side);
  TIFFSetField(t, TIFFTAG_IMAGEWIDTH, side * 2);
  TIFFSetField(t, TIFFTAG_IMAGELENGTH, side * 2);
  TIFFSetField(t, TIFFTAG_TILEWIDTH, side);
  TIFFSetField(t, TIFFTAG_TILELENGTH, side);
  TIFFSetField(t, TIFFTAG_BITSPERSAMPLE, 8);
  TIFFSetField(t, TIFFTAG_SAMPLESPERPIXEL, 1);
  TIFFSetField(t, TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_MINISBLACK);
  TIFFSetField(t, TIFFTAG_COMPRESSION, COMPRESSION_NONE);
  for (int i = 0; i < 4; i++) TIFFWriteEncodedTile(t, i, tile, side * side);
  TIFFClose(t);
}

static void draw(const char *name, const char *mode, int side) {
  TIFF *t = TIFFOpen(name, mode);
  uint32_t *raster = malloc(side * side * 16);
  int drawn = TIFFReadRGBAImageOriented(t, side * 2, side * 2, raster, ORIENTATION_TOPLEFT, 1);
  char *tile = malloc(side * side);
  printf("tiles of %d, %s: drawn %d, first tile %d bytes\n", side, mode, drawn, (int)TIFFReadEncodedTile(t, 0, tile, side * side));
  TIFFClose(t);
}

int main(void) {
  make("small.tif", 16);
  make("large.tif", 32);
  draw("small.tif", "r", 16);
  draw("small.tif", "rm", 16);
  draw("large.tif", "rm", 32);
  return 0;
}
C
lib=$(dirname "$(find "$work/root" -name 'libtiff.so.6')")
gcc -I"$(dirname "$(find "$work/root" -name tiffio.h)")" t.c -o t -L"$lib" -l:libtiff.so.6
LD_LIBRARY_PATH=$lib ./t >seen 2>words
cat words seen
diff - seen <<'SEEN' || { echo "libtiff behaves differently now" >&2; exit 1; }
tiles of 16, r: drawn 1, first tile 256 bytes
tiles of 16, rm: drawn 0, first tile 256 bytes
tiles of 32, rm: drawn 1, first tile 1024 bytes
SEEN
grep -q 'Expected 256, got 1024' words
echo "as found"
