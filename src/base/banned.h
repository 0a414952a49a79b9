#ifndef RINGFENCE_BASE_BANNED_H
#define RINGFENCE_BASE_BANNED_H

/* Included last by every .c file: functions that cannot be used safely do not compile. */
#pragma GCC poison strcpy strncpy strcat strncat stpcpy sprintf vsprintf gets strtok strtok_r
#pragma GCC poison atoi atol atof scanf sscanf system popen tmpnam mktemp setlocale

#endif
