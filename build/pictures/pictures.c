// The entries of pictures.wasm, and the scaler of rows. A module serves one file and is thrown away.
#include <stdlib.h>
#include <string.h>

#include "pictures.h"

uint64_t file_size;

enum kind { JPEG = 1, PNG, TIFF, WEBP };

static struct facts found;

__attribute__((export_name("facts"))) struct facts *facts(uint32_t kind, uint64_t size, uint32_t page) {
	file_size = size;
	memset(&found, 0, sizeof found);
	found.pages = found.orientation = 1;
	switch (kind) {
	case JPEG: jpeg_facts(&found); break;
	case PNG: png_facts(&found); break;
	case TIFF: tiff_facts(page, &found); break;
	case WEBP: webp_facts(&found); break;
	}
	return &found;
}

__attribute__((export_name("draw"))) void draw(uint32_t kind, uint64_t size, uint32_t page, uint32_t ow, uint32_t oh) {
	file_size = size;
	switch (kind) {
	case JPEG: jpeg_draw(ow, oh); break;
	case PNG: png_draw(ow, oh); break;
	case TIFF: tiff_draw(page, ow, oh); break;
	case WEBP: webp_draw(ow, oh); break;
	}
}

void *need(uint64_t n) {
	void *p = n < (1u << 30) ? calloc(1, n) : NULL;
	if (!p) host_fail("too large: no memory");
	return p;
}

void scale_start(struct scaler *s, uint32_t w, uint32_t h, uint32_t ow, uint32_t oh) {
	memset(s, 0, sizeof *s);
	s->w = w, s->h = h, s->ow = ow, s->oh = oh;
	s->across = need((uint64_t)ow * 3 * sizeof *s->across);
	s->sum = need((uint64_t)ow * 3 * sizeof *s->sum);
	s->out = need((uint64_t)ow * 3);
}

// An input pixel covers ow units of width, an output pixel w of them; with rows it is oh and h.
static void reduce(struct scaler *s, const uint8_t *rgb) {
	memset(s->across, 0, (size_t)s->ow * 3 * sizeof *s->across);
	uint32_t *to = s->across, room = s->w;
	for (uint32_t x = 0; x < s->w; x++, rgb += 3) {
		for (uint32_t left = s->ow; left > 0;) {
			uint32_t part = left < room ? left : room;
			to[0] += rgb[0] * part, to[1] += rgb[1] * part, to[2] += rgb[2] * part;
			left -= part, room -= part;
			if (room == 0) to += 3, room = s->w;
		}
	}
}

void scale_row(struct scaler *s, const uint8_t *rgb) {
	uint32_t n = s->ow * 3;
	if (s->y >= s->oh) return;
	if (s->w == s->ow && s->h == s->oh) {
		host_row(s->y++, rgb);
		return;
	}
	reduce(s, rgb);
	for (uint32_t left = s->oh; left > 0 && s->y < s->oh;) {
		uint32_t room = s->h - s->filled, part = left < room ? left : room;
		float weight = (float)part / ((float)s->w * (float)s->h);
		for (uint32_t i = 0; i < n; i++) s->sum[i] += (float)s->across[i] * weight;
		left -= part, s->filled += part;
		if (s->filled < s->h) continue;
		for (uint32_t i = 0; i < n; i++) {
			float v = s->sum[i] + 0.5f;
			s->out[i] = v > 255 ? 255 : (uint8_t)v;
			s->sum[i] = 0;
		}
		s->filled = 0;
		host_row(s->y++, s->out);
	}
}
