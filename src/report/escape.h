#ifndef RINGFENCE_REPORT_ESCAPE_H
#define RINGFENCE_REPORT_ESCAPE_H

#include "base/buffer.h"

/* Paths, names and SQL come from files that anybody may have written. Each format has one function
 * that makes them harmless. All of them show control characters, and bytes that are no UTF-8, as
 * \xNN. */

/* As content or quoted attribute of HTML and XML 1.0. */
void escape_markup(Buffer *out, Str text);

/* As text inside a line of GitHub Flavored Markdown: no markup, no link, no HTML, and nobody is
 * mentioned. */
void escape_markdown(Buffer *out, Str text);

/* As a code span of it, in a table's cell or elsewhere. */
void escape_code_span(Buffer *out, Str text, bool in_table);

/* As the path of a relative URI reference (RFC 3986): all but unreserved characters and '/' become
 * %NN. */
void escape_uri(Buffer *out, Str path);

/* As the message, or the value of a property, of a GitHub workflow command.
 * Source: actions/runner, src/Runner.Common/ActionCommand.cs. */
void escape_command_data(Buffer *out, Str text);
void escape_command_property(Buffer *out, Str text);

/* As SARIF's plain text message: braces are placeholders there (2.1.0, section 3.11.5) and
 * `[text](target)` is a link (3.11.6). */
void escape_sarif_message(Buffer *out, Str text);

/* At most `most` code points of `text`, with "…" in place of the rest. */
void escape_cut(Buffer *out, Str text, size_t most);

#endif
