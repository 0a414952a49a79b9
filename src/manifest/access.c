#include "manifest/manifest.h"

#include "base/banned.h"

static const struct {
    AccessKind kind;
    const char *name;
} accesses[] = {
    {ACCESS_SELECT, "select"},     {ACCESS_INSERT, "insert"},     {ACCESS_UPDATE, "update"},
    {ACCESS_DELETE, "delete"},     {ACCESS_TRUNCATE, "truncate"}, {ACCESS_REFERENCES, "references"},
    {ACCESS_TRIGGER, "trigger"},   {ACCESS_EXECUTE, "execute"},   {ACCESS_USAGE, "usage"},
    {ACCESS_MAINTAIN, "maintain"}, {ACCESS_LOCK, "lock"},         {ACCESS_CREATE, "create"},
    {ACCESS_ALTER, "alter"},       {ACCESS_DROP, "drop"},         {ACCESS_GRANT, "grant"},
};

enum { ACCESS_KINDS = sizeof accesses / sizeof *accesses };

const char *access_name(AccessSet set)
{
    for (size_t i = 0; i < ACCESS_KINDS; i++) {
        if (set & accesses[i].kind) {
            return accesses[i].name;
        }
    }
    return "";
}

AccessSet access_from_name(Str name)
{
    for (size_t i = 0; i < ACCESS_KINDS; i++) {
        if (str_equal_nocase(name, str_from(accesses[i].name))) {
            return accesses[i].kind;
        }
    }
    return 0;
}
