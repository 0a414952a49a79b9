#include "embedded/builder.h"

#include "base/banned.h"

static const char methods[] =
    "append Append appendLine AppendLine append_line push_str push WriteString Write write "
    "writeString puts concat plus appendln";

bool builder_target(const LexFile *file, const HostStyle *style, uint32_t first, uint32_t *name)
{
    bool symbol = first > 1 && lexer_is_one_of(file, first - 1, style->appends);
    bool method = first > 3 && lexer_is(file, first - 1, STR("(")) &&
                  lexer_is_name(file, first - 2) &&
                  str_in_list(methods, lexer_source(file, first - 2)) &&
                  lexer_is_one_of(file, first - 3, style->paths);
    *name = symbol ? first - 2 : method ? first - 4 : 0;
    return (symbol || method) && lexer_is_name(file, *name);
}

/* The first token of the path that ends at `name`. */
static uint32_t path_start(const LexFile *file, const HostStyle *style, uint32_t name)
{
    while (name > 1 && lexer_is_one_of(file, name - 1, style->paths) &&
           lexer_is_name(file, name - 2)) {
        name -= 2;
    }
    return name > 0 && lexer_is(file, name - 1, STR("&")) && file->tokens[name].joined ? name - 1
                                                                                       : name;
}

/* q = q + "…" binds what it had before. */
static bool appends_to_itself(Builder *builder, uint32_t place, uint32_t *token)
{
    const LexFile *file = builder->names->file;
    const HostStyle *style = builder->names->style;
    uint32_t again = place + 2;
    bool binds =
        lexer_is(file, place + 1, STR("=")) && lexer_is_name(file, again) &&
        str_equal(names_bare(lexer_source(file, again)), names_bare(lexer_source(file, place))) &&
        lexer_is_one_of(file, again + 1, style->joins);
    *token = again + 2;
    return binds;
}

BuilderUse builder_next(Builder *builder, uint32_t *token)
{
    HostNames *names = builder->names;
    const LexFile *file = names->file;
    const HostStyle *style = names->style;
    bool anew;
    uint32_t place = names_next_place(names, builder->binding, builder->at, &anew);
    if (!place) {
        return BUILDER_END;
    }
    builder->at = place;
    if (appends_to_itself(builder, place, token)) {
        builder->at = place + 2;
        return BUILDER_APPENDS;
    }
    if (anew) {
        return BUILDER_END;
    }
    bool method =
        lexer_is_one_of(file, place + 1, style->paths) && lexer_is_name(file, place + 2) &&
        str_in_list(methods, lexer_source(file, place + 2)) && lexer_is(file, place + 3, STR("("));
    if (method || lexer_is_one_of(file, place + 1, style->appends)) {
        *token = place + (method ? 4 : 2);
        return BUILDER_APPENDS;
    }
    *token = path_start(file, style, place);
    return BUILDER_USES;
}

bool builder_chain(const LexFile *file, const HostStyle *style, uint32_t behind, uint32_t *token)
{
    *token = behind + 4;
    return lexer_is(file, behind, STR(")")) && lexer_is_one_of(file, behind + 1, style->paths) &&
           lexer_is_name(file, behind + 2) &&
           str_in_list(methods, lexer_source(file, behind + 2)) &&
           lexer_is(file, behind + 3, STR("("));
}
