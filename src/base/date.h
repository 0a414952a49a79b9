#ifndef RINGFENCE_BASE_DATE_H
#define RINGFENCE_BASE_DATE_H

#include "base/str.h"

/* "YYYY-MM-DD", a day of the Gregorian calendar, as the number yyyymmdd; 0 if it is none. */
uint32_t date_parse(Str text);

#endif
