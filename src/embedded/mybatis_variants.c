#include "embedded/mybatis_variants.h"

#include "base/banned.h"

static uint32_t larger(uint32_t a, uint32_t b)
{
    return a > b ? a : b;
}

/* The value of property `name` of the includes around; *scope is that of the include around the one
 * that says so. */
Str mybatis_property(const Mybatis *mybatis, Str name, const MybatisScope **scope)
{
    for (; *scope; *scope = (*scope)->outer) {
        for (const MybatisNode *node = (*scope)->include->child; node; node = node->next) {
            if (node->kind == MYBATIS_PROPERTY &&
                str_equal(mybatis_attribute(mybatis, node, STR("name")), name)) {
                *scope = (*scope)->outer;
                return mybatis_attribute(mybatis, node, STR("value"));
            }
        }
    }
    return (Str){0};
}

/* The fragment of an include; NULL: the file does not have it. Its name may hold a property. */
MybatisNode *mybatis_included(const Mybatis *mybatis, const MybatisNode *node,
                              const MybatisScope *scope)
{
    Str id = mybatis_attribute(mybatis, node, STR("refid"));
    size_t open = str_find(id, STR("${"));
    size_t close = str_find_byte(id, '}', open);
    if (close < id.len) {
        Str value = mybatis_property(mybatis, str_slice(id, open + 2, close), &scope);
        id = arena_format(mybatis->arena, "%.*s%.*s%.*s", (int)open, id.at, (int)value.len,
                          value.len ? value.at : "", (int)(id.len - close - 1), id.at + close + 1);
    }
    return id.len ? map_get(&mybatis->fragments, id) : NULL;
}

/* The texts of ifs that follow each other, and the most of them so far. */
typedef struct {
    uint32_t neighbours, siblings;
    MybatisWidths most;
} Count;

static void count_child(Mybatis *mybatis, MybatisNode *child, Count *count, unsigned depth)
{
    MybatisWidths of_child = mybatis_widths(mybatis, child, depth);
    MybatisWidths *most = &count->most;
    if (child->kind == MYBATIS_IF) {
        count->neighbours += larger(of_child.ifs[MYBATIS_OF_NEIGHBOURS], 1);
        count->siblings += larger(of_child.ifs[MYBATIS_OF_SIBLINGS], 1);
        most->ifs[0] = larger(most->ifs[0], count->neighbours);
        most->ifs[1] = larger(most->ifs[1], count->siblings);
    } else {
        count->neighbours = 0;
        most->ifs[0] = larger(most->ifs[0], of_child.ifs[0]);
        most->ifs[1] = larger(most->ifs[1], of_child.ifs[1]);
    }
    most->choices = larger(most->choices, of_child.choices);
}

/* Counts the texts of a node, once: those of an include are its fragment's. */
MybatisWidths mybatis_widths(Mybatis *mybatis, MybatisNode *node, unsigned depth)
{
    MybatisNode *fragment =
        node->kind == MYBATIS_INCLUDE ? mybatis_included(mybatis, node, NULL) : NULL;
    if (fragment) {
        return mybatis_widths(mybatis, fragment, depth);
    }
    if (node->choices) {
        return (MybatisWidths){node->choices, {node->ifs[0] - 1, node->ifs[1] - 1}};
    }
    if (node->busy || depth > MYBATIS_DEEPEST) {
        return (MybatisWidths){.choices = 1};
    }
    Count count = {.most = {.choices = 1}};
    uint32_t branches = 0;
    node->busy = true;
    for (MybatisNode *child = node->child; child; child = child->next) {
        if (child->kind != MYBATIS_STATEMENT) {
            count_child(mybatis, child, &count, depth + 1);
            branches += child->kind == MYBATIS_BRANCH
                            ? mybatis_widths(mybatis, child, depth + 1).choices
                            : 0;
        }
    }
    node->busy = false;
    node->choices = node->kind == MYBATIS_CHOOSE ? larger(branches, 1) : count.most.choices;
    node->ifs[0] = 1 + count.most.ifs[0];
    node->ifs[1] = 1 + count.most.ifs[1];
    return (MybatisWidths){node->choices, {count.most.ifs[0], count.most.ifs[1]}};
}

uint32_t mybatis_choices(Mybatis *mybatis, MybatisNode *node)
{
    return mybatis_widths(mybatis, node, 0).choices;
}

uint32_t mybatis_branches(Mybatis *mybatis, MybatisNode *node, MybatisIfs ifs)
{
    return ifs == MYBATIS_ALL ? 1 : mybatis_widths(mybatis, node, 0).ifs[ifs];
}

bool mybatis_says(const Mybatis *mybatis, const MybatisNode *node)
{
    const MybatisNode *root = node;
    while (node) {
        Str text = node->kind == MYBATIS_TEXT ? lexer_source(mybatis->file, node->token) : (Str){0};
        for (size_t at = 0; at < text.len; at++) {
            bool parameter = text.at[at] == '#' && at + 1 < text.len && text.at[at + 1] == '{';
            at = parameter ? str_find_byte(text, '}', at) : at;
            if (at < text.len && char_is_alpha(text.at[at])) {
                return true;
            }
        }
        if (node->kind == MYBATIS_INCLUDE) {
            return true;
        }
        const MybatisNode *next = node->child;
        while (!next && node != root) {
            next = node->next;
            node = node->parent;
        }
        node = next;
    }
    return false;
}
