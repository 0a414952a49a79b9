#include "embedded/style.h"

#include "base/banned.h"

static const HostStyle styles[] = {
    {"go", "+", ".", "+=", "= := :", ADJACENT_NEVER, false, false, true},
    {"python", "+", ".", "+=", "= :=", ADJACENT_IN_BRACKETS, true, true, false},
    {"javascript", "+", ". ?.", "+=", "= :", ADJACENT_NEVER, false, false, false},
    {"typescript", "+", ". ?.", "+=", "= :", ADJACENT_NEVER, false, false, false},
    {"tsx", "+", ". ?.", "+=", "= :", ADJACENT_NEVER, false, false, false},
    {"vue", "+", ". ?.", "+=", "= :", ADJACENT_NEVER, false, false, false},
    {"svelte", "+", ". ?.", "+=", "= :", ADJACENT_NEVER, false, false, false},
    {"java", "+", ".", "+=", "=", ADJACENT_NEVER, false, false, false},
    {"kotlin", "+", ". ?.", "+=", "=", ADJACENT_NEVER, false, false, false},
    {"scala", "+ ++", ".", "+=", "=", ADJACENT_NEVER, false, false, false},
    {"csharp", "+", ". ?.", "+=", "= =>", ADJACENT_NEVER, false, false, false},
    {"ruby", "+ <<", ". :: &.", "+= <<", "= =>", ADJACENT_ON_LINE, true, true, false},
    {"php", ".", "-> :: ?->", ".=", "= =>", ADJACENT_NEVER, false, false, false},
    {"rust", "+", ". ::", "+=", "=", ADJACENT_NEVER, false, false, false},
    {"elixir", "<>", ".", "", "= :", ADJACENT_NEVER, true, false, false},
    {"perl", ".", "-> ::", ".=", "= =>", ADJACENT_NEVER, false, false, false},
    {"c", "", ". ->", "", "=", ADJACENT_ANYWHERE, false, false, false},
    {"cpp", "+ <<", ". -> ::", "+= <<", "=", ADJACENT_ANYWHERE, false, false, false},
    {"swift", "+", ". ?.", "+=", "=", ADJACENT_NEVER, false, false, false},
    {"shell", "", "", "+=", "=", ADJACENT_JOINED, true, false, false},
    {NULL, "+", ".", "+=", "=", ADJACENT_NEVER, false, false, false},
};

const HostStyle *style_of(const Language *language)
{
    const HostStyle *style = styles;
    while (style->language && !(language && str_equal(str_from(style->language), language->name))) {
        style++;
    }
    return style;
}
