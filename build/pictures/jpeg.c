// JPEG, by libjpeg-turbo: reduced within the transform, row by row.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "jpeglib.h"
#include "jerror.h"
#include "pictures.h"

static void failed(j_common_ptr c) {
	char text[JMSG_LENGTH_MAX];
	c->err->format_message(c, text);
	host_fail(text);
}

static void said(j_common_ptr c, int level) {
	if (level >= 0) return;
	c->err->num_warnings++;
	if (c->err->num_warnings > 1) return;
	char text[JMSG_LENGTH_MAX];
	c->err->format_message(c, text);
	host_warn(text);
}

static void silent(j_common_ptr c) {}

static uint64_t at;
static uint8_t buffer[1 << 16];

static void begin(j_decompress_ptr c) {}

static boolean fill(j_decompress_ptr c) {
	int32_t n = host_read(at, buffer, sizeof buffer);
	if (n <= 0) { // the file lacks its end: what is there is shown
		WARNMS(c, JWRN_JPEG_EOF);
		buffer[0] = 0xFF, buffer[1] = JPEG_EOI, n = 2;
	} else {
		at += n;
	}
	c->src->next_input_byte = buffer, c->src->bytes_in_buffer = n;
	return TRUE;
}

static void skip(j_decompress_ptr c, long n) {
	if (n <= 0) return;
	if ((size_t)n <= c->src->bytes_in_buffer) {
		c->src->next_input_byte += n, c->src->bytes_in_buffer -= n;
		return;
	}
	at += n - c->src->bytes_in_buffer;
	c->src->bytes_in_buffer = 0;
}

static struct jpeg_error_mgr errors;
static struct jpeg_source_mgr source = {.init_source = begin, .fill_input_buffer = fill, .skip_input_data = skip, .resync_to_restart = jpeg_resync_to_restart, .term_source = begin};

static uint32_t orientation(jpeg_saved_marker_ptr m) {
	for (; m; m = m->next) {
		const uint8_t *d = m->data;
		uint32_t n = m->data_length;
		if (m->marker != JPEG_APP0 + 1 || n < 16 || memcmp(d, "Exif\0\0", 6)) continue;
		d += 6, n -= 6;
		int big = d[0] == 'M';
#define U16(p) (big ? (uint32_t)d[p] << 8 | d[(p) + 1] : (uint32_t)d[(p) + 1] << 8 | d[p])
#define U32(p) (big ? U16(p) << 16 | U16((p) + 2) : U16((p) + 2) << 16 | U16(p))
		uint32_t dir = U32(4);
		if (dir > n - 2 || n < 10) continue;
		uint32_t count = U16(dir);
		for (uint32_t i = 0, e = dir + 2; i < count && e + 12 <= n; i++, e += 12)
			if (U16(e) == 0x0112 && U16(e + 8) >= 1 && U16(e + 8) <= 8) return U16(e + 8);
	}
	return 1;
}

static void head(struct jpeg_decompress_struct *c) {
	memset(c, 0, sizeof *c);
	c->err = jpeg_std_error(&errors);
	errors.error_exit = failed, errors.emit_message = said, errors.output_message = silent;
	jpeg_create_decompress(c);
	at = 0, source.bytes_in_buffer = 0;
	c->src = &source;
	jpeg_save_markers(c, JPEG_APP0 + 1, 0xFFFF);
	jpeg_read_header(c, TRUE);
}

void jpeg_facts(struct facts *f) {
	struct jpeg_decompress_struct c;
	head(&c);
	f->width = c.image_width, f->height = c.image_height;
	f->orientation = orientation(c.marker_list);
	if (c.progressive_mode || jpeg_has_multiple_scans(&c)) {
		uint64_t blocks = 0;
		for (int i = 0; i < c.num_components; i++)
			blocks += (uint64_t)c.comp_info[i].width_in_blocks * c.comp_info[i].height_in_blocks;
		f->kept = (uint32_t)(blocks * sizeof(JBLOCK) >> 10);
	}
	jpeg_destroy_decompress(&c);
}

static void to_rgb(const uint8_t *from, uint8_t *to, uint32_t n, int parts, int inverted) {
	for (uint32_t i = 0; i < n; i++, from += parts, to += 3) {
		if (parts < 3) {
			to[0] = to[1] = to[2] = from[0];
			continue;
		}
		for (int k = 0; k < 3; k++)
			to[k] = inverted ? from[k] * from[3] / 255 : (255 - from[k]) * (255 - from[3]) / 255;
	}
}

void jpeg_draw(uint32_t ow, uint32_t oh) {
	struct jpeg_decompress_struct c;
	head(&c);
	c.out_color_space = c.num_components == 1 ? JCS_GRAYSCALE : c.num_components == 4 ? JCS_CMYK : c.num_components == 3 ? JCS_RGB : c.jpeg_color_space;
	c.scale_denom = 8;
	for (c.scale_num = 1; c.scale_num < 8; c.scale_num *= 2)
		if ((uint64_t)c.image_width * c.scale_num / 8 >= ow && (uint64_t)c.image_height * c.scale_num / 8 >= oh) break;
	jpeg_start_decompress(&c);
	struct scaler s;
	scale_start(&s, c.output_width, c.output_height, ow, oh);
	int parts = c.output_components;
	uint8_t *row = need((uint64_t)c.output_width * parts), *rgb = parts == 3 ? row : need((uint64_t)c.output_width * 3);
	while (c.output_scanline < c.output_height) {
		JSAMPROW rows[1] = {row};
		if (jpeg_read_scanlines(&c, rows, 1) != 1) host_fail("no row");
		if (parts != 3) to_rgb(row, rgb, c.output_width, parts, c.saw_Adobe_marker);
		scale_row(&s, rgb);
	}
}
