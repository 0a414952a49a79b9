#ifndef RINGFENCE_COMMAND_DOCTOR_JSON_H
#define RINGFENCE_COMMAND_DOCTOR_JSON_H

#include <stdio.h>

#include "check/doctor.h"

/* Prints the examination as one JSON document; `levels` are the levels' names. */
void doctor_json(FILE *out, const Doctor *doctor, const char *const *levels);

#endif
