#ifndef RINGFENCE_SQL_STATEMENT_H
#define RINGFENCE_SQL_STATEMENT_H

#include "base/error.h"
#include "manifest/ownership.h"

/* What a statement touches, as facts: the only view of SQL that rules have. Reading a statement
 * fills the first half of an Access; resolving it against manifest and catalog fills the rest. */

typedef enum {
    KIND_RELATION, /* table, view, materialized view, foreign table */
    KIND_INDEX,
    KIND_SEQUENCE,
    KIND_ROUTINE,
    KIND_TYPE,
    KIND_SCHEMA,
    KIND_OTHER,      /* an object in a schema that is none of the above */
    KIND_FIXED_PATH, /* a routine's search_path is set; its name is the routine's with its argument
                        types, "f(int4)", or without, for all of that name */
    KIND_TRANSITION, /* a trigger's REFERENCING … TABLE AS name; its schema is the trigger
                        function's name */

    KIND_ROLE, /* from here on: objects that no schema holds */
    KIND_DATABASE,
    KIND_SERVER, /* a foreign server */
    KIND_WRAPPER,
    KIND_LANGUAGE,
    KIND_LARGE_OBJECT,
    KIND_PARAMETER,
    KIND_TABLESPACE,
    KIND_PUBLICATION,
    KIND_COUNT
} ObjectKind;

/* Where in a statement a name stands. */
typedef enum {
    CONTEXT_FROM,     /* alone in a FROM */
    CONTEXT_JOIN,     /* one of several in a FROM, USING or JOIN */
    CONTEXT_SUBQUERY, /* alone in the FROM of a subquery */
    CONTEXT_CTE,      /* alone in the FROM of a WITH query */
    CONTEXT_VIEW,     /* alone in the FROM of a view's query */
    CONTEXT_ROUTINE_BODY,
    CONTEXT_TARGET, /* what INSERT, UPDATE, DELETE, MERGE, TRUNCATE, COPY FROM or LOCK works on */
    CONTEXT_FOREIGN_KEY,
    CONTEXT_INHERITANCE, /* INHERITS, PARTITION OF, LIKE */
    CONTEXT_DEFINITION,  /* what CREATE, ALTER, DROP, COMMENT and their like work on */
    CONTEXT_TRIGGER,
    CONTEXT_GRANT,
    CONTEXT_DEFAULT,     /* the DEFAULT of a column, domain or parameter */
    CONTEXT_SEARCH_PATH, /* a schema that the search_path is set to */
    CONTEXT_SET_ROLE,    /* a role that is taken on */
    CONTEXT_CAPTURE, /* what a publication or a connector sends away, or a subscription receives */
    CONTEXT_FOREIGN_DATA, /* a foreign server that is defined or used */
    CONTEXT_MAPPING,      /* what an object-relational mapper's class stands for */
    CONTEXT_CREDENTIALS,  /* a role that a connection is made as */
    CONTEXT_OTHER,
    CONTEXT_COUNT
} Context;

typedef enum {
    CERTAINTY_EXACT,       /* written with its schema */
    CERTAINTY_SEARCH_PATH, /* found through the search_path */
    CERTAINTY_CATALOG,     /* not in the search_path, but declared elsewhere */
    CERTAINTY_DYNAMIC, /* known at run time only, or not at all; see Access.doubt. Without a doubt
                          `name` is a pattern */
    CERTAINTY_COUNT
} Certainty;

/* May the code's service do it? */
typedef enum {
    BOUNDARY_INSIDE,    /* its own, shared, the system's or the session's */
    BOUNDARY_PUBLISHED, /* another service's, published to it; joinable or not */
    BOUNDARY_EXCEPTED,  /* another service's, allowed by an unexpired exception */
    BOUNDARY_FOREIGN,   /* another service's */
    BOUNDARY_UNKNOWN,   /* nobody owns it, or nobody owns the code */
    BOUNDARY_COUNT
} Boundary;

typedef struct {
    Str schema; /* empty: not written */
    Str name;
} ObjectName;

typedef struct {
    Position start, end; /* end is behind the last character */
} Place;

/* The schemas that unqualified names are looked up in, instead of the session's. */
typedef struct {
    StrList schemas;
    bool then_session; /* the session's follow */
} SearchPath;

/* A statement or expression inside a routine body or DO block. */
typedef struct {
    Place place;
    const char *command;  /* PostgreSQL's command tag; an expression is a SELECT */
    const char *language; /* "sql", "plpgsql" */
    bool runs;            /* in a DO block, not in a routine */
    bool in_trigger;      /* of a trigger function: names may mean transition tables */
} InnerStatement;
/* A role that a statement names. */
typedef enum {
    ROLE_NAMED,
    ROLE_PUBLIC,
    ROLE_CURRENT,  /* CURRENT_USER and its like */
    ROLE_COMPUTED, /* known at run time only */
} RoleKind;

typedef struct {
    RoleKind kind;
    Str name; /* as in the source for ROLE_CURRENT */
    Place place;
} RoleName;

/* Whom a statement gives rights on the object of an access, or takes them from. */
typedef enum {
    GRANT_OBJECT,        /* on the object itself */
    GRANT_ALL_IN_SCHEMA, /* on every table (routine …) of the schema */
    GRANT_DEFAULTS,      /* on what is made later: in the schema, or by the role */
    GRANT_MEMBERSHIP,    /* to act as the role */
    GRANT_OWNERSHIP,     /* to own the object; of a role: all that it owns */
} GrantScope;

typedef struct {
    GrantScope scope;
    ObjectKind on; /* what kind of objects the privileges are for */
    bool revokes;
    bool all;             /* ALL PRIVILEGES */
    bool grantable;       /* WITH GRANT OPTION, WITH ADMIN OPTION */
    AccessSet privileges; /* those that this tool knows */
    const RoleName *roles;
    size_t role_count;
} Grant;

typedef struct {
    ObjectKind kind;
    Context context;
    AccessSet set;
    ObjectName written;
    Str spelling; /* as in the source, quotes and all */
    Place place;
    uint32_t query;   /* accesses with the same number (> 0) stand in one query */
    uint32_t subject; /* 1 + index of the access that this one is a part of: the view whose query it
                         stands in, the table whose foreign key it is; 0: none */
    const SearchPath *search_path; /* NULL: the session's */
    Str routine;                   /* the routine whose body it stands in, as written; or empty */
    const InnerStatement
        *inner;           /* the statement of a body in a string; NULL: the statement itself */
    const char *doubt;    /* why it is CERTAINTY_DYNAMIC, or NULL */
    bool if_exists;       /* nothing happens where there is no such object */
    bool by_current_role; /* the role is whichever runs the statement */
    const Grant *grant;   /* rights on the object that change hands, or NULL */
    uint32_t call;        /* of a function's call: 1 + how many arguments it passes; 0: not known */
    const char *wrapper;  /* of a foreign server: its foreign-data wrapper; NULL: not known */

    ObjectName name; /* resolved */
    Certainty certainty;
    bool declared;        /* the repository's DDL makes it, or the manifest names it */
    Str rival_schema;     /* the name could as well mean another service's object in this schema */
    const Service *rival; /* that service, or NULL */
    Owner owner;
    const Service *actor; /* whose code does it; NULL: nobody's */
    Boundary boundary;
    bool joinable; /* of BOUNDARY_PUBLISHED */
} Access;

/* What one query combines: the relations of services that its FROMs, USINGs, set operations,
 * subqueries and WITH queries name, and the target that it writes to. */
typedef struct {
    const Access *first; /* in the text; NULL: none has an owner */
    bool combines;       /* they have two owners or more */
    const Access
        *crossing; /* the first one, target aside, that its actor may not combine; NULL: none */
} Query;
/* An object that the statement makes: known from then on. */
typedef struct {
    ObjectKind kind;
    ObjectName name;
    ObjectName parent; /* of an index, or of a sequence that a column owns: its table; of a foreign
                          server: its wrapper */
    bool temporary;
    bool until_commit;   /* ON COMMIT DROP */
    bool in_routine;     /* in a body that this statement does not run */
    size_t access_count; /* how many accesses of the statement come before it */
    const SearchPath *search_path;
} Declaration;

/* Something about a statement that is no access to an object. */
typedef enum {
    /* It was not, or not wholly, understood. */
    NOTICE_DYNAMIC_SQL, /* SQL that is put together at run time; subject: why it cannot be checked
                         */
    NOTICE_UNPARSED,    /* a statement inside the statement; subject: the parser's message */
    NOTICE_UNREAD_BODY, /* a routine body in another language; subject: the language */

    NOTICE_FOREIGN_DATA,     /* a way to another server, or out of this one: `subject` */
    NOTICE_ROLE_ATTRIBUTE,   /* the role of `access` is given attribute `subject`: "SUPERUSER" */
    NOTICE_SECURITY_DEFINER, /* the routine of `access` runs with its owner's rights */
    NOTICE_CAPTURE_ALL,      /* every table of the database is sent away by `subject` */
} NoticeKind;

typedef struct {
    NoticeKind kind;
    Place place;
    Str subject;
    uint32_t access; /* 1 + index of the access it is about, or 0 */
    bool fixed_path; /* of NOTICE_SECURITY_DEFINER, whose subject is the routine as KIND_FIXED_PATH
                        names it: this statement or, once names are resolved, a later one sets its
                        search_path */
} Notice;

/* What a statement changes for the ones after it in the same session. */
typedef enum {
    EFFECT_SEARCH_PATH,
    EFFECT_SEARCH_PATH_LOCAL,
    EFFECT_SEARCH_PATH_RESET,
    EFFECT_DROP_TEMPORARIES,
    EFFECT_BEGIN,
    EFFECT_COMMIT,
    EFFECT_ROLLBACK,
    EFFECT_SAVEPOINT,
    EFFECT_ROLLBACK_TO,
} EffectKind;

typedef struct {
    EffectKind kind;
    StrList schemas;
    Str savepoint;
} Effect;

typedef struct {
    Place place;
    const char *command;  /* PostgreSQL's command tag, "SELECT"; "" where it was not understood */
    uint64_t fingerprint; /* of its tokens */
    bool connected;       /* it is the first one of a new session */
    bool same_program;    /* … that may see temporary tables of the one before */
    bool uncertain; /* a host language's string: SQL only if it names something that is known */
    bool again;     /* another reading of the text before, which counts once */
    bool piece;     /* read from a piece of a statement, completed for the parser's sake */
    bool telling;   /* … that no prose is: with a whole query, or a join and its condition */
    Access *accesses;
    size_t access_count;
    Query *queries; /* query number 1 is the first */
    size_t query_count;
    Declaration *declarations;
    size_t declaration_count;
    Effect *effects;
    size_t effect_count;
    Notice *notices;
    size_t notice_count;
    uint32_t inner_statements, inner_checked; /* statements in its bodies; those that were parsed */
    Str refusal; /* why it was not understood: the parser's message; or empty */
    Place refused_at;
} Statement;

/* Does the access take part in its query's combining? Rows do: not routines, types or mere names.
 */
bool access_takes_part(const Access *access);

/* Is `a` before `b` in the text? */
bool access_is_before(const Access *a, const Access *b);

/* The names that facts use: "relation", "foreign-key", "search-path" … */
const char *kind_name(ObjectKind kind);
bool kind_is_global(ObjectKind kind); /* no schema holds such objects */
const char *context_name(Context context);
const char *certainty_name(Certainty certainty);

#endif
