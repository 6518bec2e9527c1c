// Inner face of part_fields.c.
#ifndef HEARD_PART_FIELDS_H
#define HEARD_PART_FIELDS_H
#include "CHeardMail.h"

enum { HEARD_BOUNDARIES = 32 };

/// What the Content-Type fields of a mail have said so far of the parts in it.
typedef struct {
  heard_bytes boundaries[HEARD_BOUNDARIES];
  size_t count;
  /// A boundary is not among them: each line that begins with two hyphens may be one.
  bool any;
  /// A message follows the fields of this block; to be cleared where the next one begins.
  bool encloses;
  bool in_multipart;  // the field at hand is a multipart's
  bool is_open;       // its line ended in a boundary that the next line may go on with
} heard_part_fields;

typedef enum { HEARD_NO_BOUNDARY, HEARD_BOUNDARY_OPENS, HEARD_BOUNDARY_CLOSES } heard_boundary;

/// Reads a line of a Content-Type field, or of what may be one. Its bytes must live as long as
/// `fields`.
void heard_part_fields_read(heard_part_fields *fields, const uint8_t *line, size_t count,
                            bool continued);
/// What a line is that begins with two hyphens.
heard_boundary heard_part_fields_match(const heard_part_fields *fields, const uint8_t *line,
                                       size_t count);
#endif
