#include "sql/fragment.h"

#include "base/banned.h"

Place fragment_place(const SqlFragment *fragment, Range range)
{
    return (Place){.start = lines_position(fragment->lines, fragment->start + range.start),
                   .end = lines_position(fragment->lines, fragment->start + range.end)};
}

Str fragment_source(const SqlFragment *fragment, Range range)
{
    return str_slice(fragment->lines->text, fragment->start + range.start,
                     fragment->start + range.end);
}
