#include "sql/cut.h"

#include "base/banned.h"

/* CREATE [OR REPLACE] FUNCTION or PROCEDURE is what may hold BEGIN ATOMIC. */
static void track_head(AtomicBlocks *blocks, Str sql, Token token)
{
    bool filler = token_is_word(sql, token, STR("or")) || token_is_word(sql, token, STR("replace"));
    if (blocks->words == 0) {
        blocks->creates = token_is_word(sql, token, STR("create"));
    } else if (blocks->creates && !filler) {
        blocks->creates = false;
        blocks->routine = token_is_word(sql, token, STR("function")) ||
                          token_is_word(sql, token, STR("procedure"));
    }
    blocks->words++;
}

void cut_track_blocks(AtomicBlocks *blocks, Str sql, Token token)
{
    if (!blocks->routine) {
        track_head(blocks, sql, token);
    } else if (blocks->blocks == 0) {
        blocks->blocks = blocks->begin && token_is_word(sql, token, STR("atomic"));
        blocks->begin = token_is_word(sql, token, STR("begin"));
    } else if (token_is_word(sql, token, STR("case")) || token_is_word(sql, token, STR("begin"))) {
        blocks->blocks++;
    } else if (token_is_word(sql, token, STR("end"))) {
        blocks->blocks--;
    }
}

/* Reads up to a semicolon or the end; *open when parentheses or blocks were left open there. */
static Range read_one(Cut *cut, bool *open)
{
    AtomicBlocks blocks = {0};
    size_t parentheses = 0;
    Token token = token_next(cut->sql, cut->at);
    Range range = {.start = token.start, .end = token.start};
    for (; token.kind != TOKEN_END; token = token_next(cut->sql, token.end)) {
        bool nested = (parentheses || blocks.blocks) && !cut->ignore_parentheses;
        if (token_is_symbol(cut->sql, token, ';') && !nested) {
            cut->at = token.end;
            *open = false;
            return range;
        }
        if (token_is_symbol(cut->sql, token, '(')) {
            parentheses++;
        } else if (token_is_symbol(cut->sql, token, ')')) {
            parentheses -= parentheses > 0;
        } else if (!parentheses) {
            cut_track_blocks(&blocks, cut->sql, token);
        }
        range.end = token.end;
    }
    cut->at = (uint32_t)cut->sql.len;
    *open = parentheses || blocks.blocks;
    return range;
}

bool cut_next(Cut *cut, Range *statement)
{
    while (cut->at < cut->sql.len) {
        uint32_t start = cut->at;
        bool open;
        *statement = read_one(cut, &open);
        if (open && !cut->ignore_parentheses) {
            /* One forgotten parenthesis must not hide the rest. */
            cut->ignore_parentheses = true;
            cut->at = start;
        } else if (statement->end > statement->start) {
            return true;
        }
    }
    return false;
}
