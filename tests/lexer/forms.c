#include <it's.h>
#include "x.h" // it's
#error don't
#define Q(x) "a" #x 'b'
const char *a = "it's \"q\" \x41\101\n\
joined" L"wide" u8"eight" u"u" U"U" "adjacent"; char c = '\'', d = '"', e = L'x', f = 'ab';
int n = 0x1'000; /* "no' */ const char *g = "é" "trigraph\?"; // continued \
it's a comment
int r = R"(not raw in C)"; char *last = "end";
