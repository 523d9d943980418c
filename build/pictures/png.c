// PNG, by libpng, row by row. Of an interlaced picture only as many passes are read as the wanted size needs.
#include <stdlib.h>
#include <string.h>

#include "png.h"
#include "pictures.h"

static uint64_t at;

static void take(png_structp p, png_bytep to, size_t n) {
	while (n > 0) {
		int32_t got = host_read(at, to, n > 1 << 20 ? 1 << 20 : (uint32_t)n);
		if (got <= 0) { // libpng asks for more than the next row needs: let it have what is there
			host_warn("the file lacks its end");
			memset(to, 0, n);
			return;
		}
		at += got, to += got, n -= got;
	}
}

static void failed(png_structp p, png_const_charp text) { host_fail(text); }
static void said(png_structp p, png_const_charp text) { host_warn(text); }

static png_structp head(png_infop *info) {
	png_structp p = png_create_read_struct(PNG_LIBPNG_VER_STRING, NULL, failed, said);
	if (!p) host_fail("no memory");
	*info = png_create_info_struct(p);
	at = 0;
	png_set_read_fn(p, NULL, take);
	png_set_user_limits(p, 1000000, 1000000);
	png_set_crc_action(p, PNG_CRC_WARN_USE, PNG_CRC_WARN_DISCARD);
	png_read_info(p, *info);
	return p;
}

void png_facts(struct facts *f) {
	png_infop info;
	png_structp p = head(&info);
	f->width = png_get_image_width(p, info), f->height = png_get_image_height(p, info);
	png_uint_32 x = png_get_x_pixels_per_meter(p, info), y = png_get_y_pixels_per_meter(p, info);
	f->across = (uint32_t)(x * 25.4), f->down = (uint32_t)(y * 25.4);
}

// The last pass of a grid, and the grid's step across and down after it.
static const struct { int last, across, down; } grids[] = {{0, 8, 8}, {2, 4, 4}, {4, 2, 2}, {6, 1, 1}};
static const int first_x[] = {0, 4, 0, 2, 0, 1, 0}, first_y[] = {0, 0, 4, 0, 2, 0, 1};
static const int step_x[] = {8, 8, 4, 4, 2, 2, 1}, step_y[] = {8, 8, 8, 4, 4, 2, 2};

static void interlaced(png_structp p, uint32_t w, uint32_t h, uint32_t bytes, uint32_t ow, uint32_t oh) {
	int g = 0;
	uint64_t gw, gh;
	for (;; g++) {
		gw = (w + grids[g].across - 1) / grids[g].across, gh = (h + grids[g].down - 1) / grids[g].down;
		if (g == 3 || (gw >= ow && gh >= oh)) break;
	}
	while (g > 0 && gw * gh * 3 > 96 << 20) {
		g--;
		gw = (w + grids[g].across - 1) / grids[g].across, gh = (h + grids[g].down - 1) / grids[g].down;
	}
	uint8_t *all = need(gw * gh * 3), *row = need(bytes);
	memset(all, 255, gw * gh * 3);
	for (int pass = 0; pass <= grids[g].last; pass++) {
		uint32_t columns = w <= (uint32_t)first_x[pass] ? 0 : (w - first_x[pass] + step_x[pass] - 1) / step_x[pass];
		if (columns == 0) continue;
		for (uint32_t y = first_y[pass]; y < h; y += step_y[pass]) {
			png_read_row(p, row, NULL);
			for (uint32_t i = 0; i < columns; i++) {
				uint32_t x = first_x[pass] + i * step_x[pass];
				memcpy(all + (y / grids[g].down * gw + x / grids[g].across) * 3, row + (size_t)i * 3, 3);
			}
		}
	}
	struct scaler s;
	scale_start(&s, gw, gh, ow, oh);
	for (uint32_t y = 0; y < gh; y++) scale_row(&s, all + (size_t)y * gw * 3);
}

void png_draw(uint32_t ow, uint32_t oh) {
	png_infop info;
	png_structp p = head(&info);
	uint32_t w = png_get_image_width(p, info), h = png_get_image_height(p, info);
	png_set_expand(p);
	png_set_scale_16(p);
	png_set_gray_to_rgb(p);
	png_color_16 white = {.red = 255, .green = 255, .blue = 255, .gray = 255};
	if (png_get_color_type(p, info) & PNG_COLOR_MASK_ALPHA || png_get_valid(p, info, PNG_INFO_tRNS)) {
		white.red = white.green = white.blue = white.gray = png_get_bit_depth(p, info) == 16 ? 65535 : 255;
		png_set_background(p, &white, PNG_BACKGROUND_GAMMA_SCREEN, 0, 1.0);
	}
	png_read_update_info(p, info);
	uint32_t bytes = (uint32_t)png_get_rowbytes(p, info);
	if (bytes != w * 3) host_fail("a kind of PNG that is not known");
	if (png_get_interlace_type(p, info) != PNG_INTERLACE_NONE) {
		interlaced(p, w, h, bytes, ow, oh);
		return;
	}
	struct scaler s;
	scale_start(&s, w, h, ow, oh);
	uint8_t *row = need(bytes);
	for (uint32_t y = 0; y < h; y++) {
		png_read_row(p, row, NULL);
		scale_row(&s, row);
	}
}
