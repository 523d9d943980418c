// TIFF, by libtiff, in bands of strips or tiles.
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tiffio.h"
#include "pictures.h"

// What libtiff asks of its system.
void *_TIFFmalloc(tmsize_t n) { return n == 0 ? NULL : malloc(n); }
void *_TIFFcalloc(tmsize_t n, tmsize_t size) { return n == 0 || size == 0 ? NULL : calloc(n, size); }
void _TIFFfree(void *p) { free(p); }
void *_TIFFrealloc(void *p, tmsize_t n) { return realloc(p, n); }
void _TIFFmemset(void *p, int v, tmsize_t n) { memset(p, v, n); }
void _TIFFmemcpy(void *to, const void *from, tmsize_t n) { memcpy(to, from, n); }
int _TIFFmemcmp(const void *a, const void *b, tmsize_t n) { return memcmp(a, b, n); }
TIFFErrorHandler _TIFFwarningHandler, _TIFFerrorHandler;

static uint64_t at;
static char last[256];

static tmsize_t take(thandle_t h, void *to, tmsize_t n) {
	tmsize_t done = 0;
	while (done < n) {
		int32_t got = host_read(at, (uint8_t *)to + done, n - done > 1 << 20 ? 1 << 20 : (uint32_t)(n - done));
		if (got <= 0) break;
		at += got, done += got;
	}
	return done;
}

static tmsize_t give(thandle_t h, void *from, tmsize_t n) { return -1; }
static toff_t seek(thandle_t h, toff_t off, int whence) { return at = whence == SEEK_SET ? off : whence == SEEK_CUR ? at + off : file_size + off; }
static int shut(thandle_t h) { return 0; }
static toff_t size(thandle_t h) { return file_size; }

static void failed(const char *module, const char *format, va_list args) {
	vsnprintf(last, sizeof last, format, args);
	host_warn(last);
}

static TIFF *opened(void) {
	TIFFSetErrorHandler(failed);
	TIFFSetWarningHandler(NULL);
	at = 0;
	TIFF *t = TIFFClientOpen("file", "rm", NULL, take, give, seek, shut, size, NULL, NULL);
	if (!t) host_fail(last[0] ? last : "no TIFF");
	return t;
}

static uint32_t per_inch(float r, uint16_t unit) {
	if (!(r > 0) || r > 100000) return 0;
	return (uint32_t)(r * (unit == RESUNIT_CENTIMETER ? 2540 : 1000));
}

static void page_of(TIFF *t, uint32_t page) {
	if (!TIFFSetDirectory(t, page)) host_fail(last[0] ? last : "no such page");
}

void tiff_facts(uint32_t page, struct facts *f) {
	TIFF *t = opened();
	f->pages = TIFFNumberOfDirectories(t);
	if (page >= f->pages) host_fail("no such page");
	page_of(t, page);
	TIFFGetField(t, TIFFTAG_IMAGEWIDTH, &f->width);
	TIFFGetField(t, TIFFTAG_IMAGELENGTH, &f->height);
	uint16_t turn = 1, unit = RESUNIT_INCH;
	float across = 0, down = 0;
	TIFFGetFieldDefaulted(t, TIFFTAG_ORIENTATION, &turn);
	TIFFGetFieldDefaulted(t, TIFFTAG_RESOLUTIONUNIT, &unit);
	TIFFGetField(t, TIFFTAG_XRESOLUTION, &across);
	TIFFGetField(t, TIFFTAG_YRESOLUTION, &down);
	f->orientation = turn >= 1 && turn <= 8 ? turn : 1;
	f->across = per_inch(across, unit), f->down = per_inch(down, unit);
}

static void flat(const uint32_t *from, uint8_t *to, uint32_t n) {
	for (uint32_t i = 0; i < n; i++, to += 3) {
		uint32_t p = from[i], rest = 255 - TIFFGetA(p);
		to[0] = TIFFGetR(p) + rest > 255 ? 255 : TIFFGetR(p) + rest;
		to[1] = TIFFGetG(p) + rest > 255 ? 255 : TIFFGetG(p) + rest;
		to[2] = TIFFGetB(p) + rest > 255 ? 255 : TIFFGetB(p) + rest;
	}
}

// A single strip of a large picture is read row by row, with libtiff's own routine for turning samples into pixels.
static void by_rows(TIFF *t, TIFFRGBAImage *img, struct scaler *s, uint32_t *pixels, uint8_t *rgb) {
	uint8_t *row = need(TIFFScanlineSize(t) + 64);
	for (uint32_t y = 0; y < img->height; y++) {
		if (TIFFReadScanline(t, row, y, 0) < 0) host_fail(last[0] ? last : "no row");
		img->put.contig(img, pixels, 0, 0, img->width, 1, 0, 0, row);
		flat(pixels, rgb, img->width);
		scale_row(s, rgb);
	}
}

#define BAND (24u << 20)  // bytes of pixels that are read at once where the file lets us choose
#define MOST (128u << 20) // and where it does not

void tiff_draw(uint32_t page, uint32_t ow, uint32_t oh) {
	TIFF *t = opened();
	page_of(t, page);
	char why[1024] = "", text[1100];
	uint16_t compression = COMPRESSION_NONE;
	TIFFGetFieldDefaulted(t, TIFFTAG_COMPRESSION, &compression);
	if (!TIFFIsCODECConfigured(compression)) {
		snprintf(text, sizeof text, "kind: compression %u", compression);
		host_fail(text);
	}
	TIFFRGBAImage img;
	if (!TIFFRGBAImageOK(t, why) || !TIFFRGBAImageBegin(&img, t, 0, why)) {
		snprintf(text, sizeof text, "kind: %s", why);
		host_fail(text);
	}
	img.req_orientation = img.orientation; // the host turns it
	uint32_t rows = img.height, w = img.width;
	if (TIFFIsTiled(t)) TIFFGetField(t, TIFFTAG_TILELENGTH, &rows);
	else TIFFGetFieldDefaulted(t, TIFFTAG_ROWSPERSTRIP, &rows);
	if (rows == 0 || rows > img.height) rows = img.height;
	uint16_t v = 1, h = 1;
	if (img.photometric == PHOTOMETRIC_YCBCR) TIFFGetFieldDefaulted(t, TIFFTAG_YCBCRSUBSAMPLING, &h, &v);
	struct scaler s;
	scale_start(&s, w, img.height, ow, oh);
	uint8_t *rgb = need((uint64_t)w * 3);
	uint64_t bytes = (uint64_t)rows * w * 4;
	if (bytes > BAND && !TIFFIsTiled(t) && img.isContig && h == 1 && v == 1) {
		by_rows(t, &img, &s, need((uint64_t)w * 4), rgb);
		return;
	}
	if (bytes > MOST) host_fail("too large: one strip");
	while (bytes * 2 < BAND / 8 && rows * 2 < img.height) rows *= 2, bytes *= 2;
	uint32_t *band = need((uint64_t)rows * w * 4);
	for (uint32_t y = 0; y < img.height; y += rows) {
		uint32_t n = img.height - y < rows ? img.height - y : rows;
		memset(band, 255, (size_t)n * w * 4);
		img.row_offset = y, img.col_offset = 0;
		TIFFRGBAImageGet(&img, band, w, n);
		for (uint32_t i = 0; i < n; i++) {
			flat(band + (size_t)i * w, rgb, w);
			scale_row(&s, rgb);
		}
	}
}
