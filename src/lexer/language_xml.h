#ifndef RINGFENCE_LEXER_LANGUAGE_XML_H
#define RINGFENCE_LEXER_LANGUAGE_XML_H

#include "lexer/language.h"

/* What an XML document is by its first element, as `head` has it. Comments and instructions before
 * that may hold anything. */

/* A MyBatis mapper: its document type is `mapper` by MyBatis's DTD, or its first element is <mapper
 * namespace="…">. Source: MyBatis 3, "Mapper XML Files"; the DTD was iBATIS's before version 3.0.6.
 */
LanguageGuess language_is_mapper(Str head);

/* A Liquibase changelog: its first element is databaseChangeLog, whatever its namespace's prefix.
 * Source: Liquibase's dbchangelog-latest.xsd. */
LanguageGuess language_is_changelog(Str head);

/* Where the attribute value behind the quote at `quote` ends: the offset of its closing quote. 0:
 * it has none, or there is a tag before the next quote, so that this one is a later value's. */
size_t language_value_end(Str text, size_t quote);

#endif
