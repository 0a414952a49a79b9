// Does the server deny what `check` rejects, and nothing else? One pair is a statement and a role of one service.

// Rules about something that no privilege can express.
const BESIDE = new Set(["dynamic-sql", "unparsed-sql", "unowned-code", "security-definer-escape", "cross-service-transaction",
                        "unused-suppression", "expired-exception"]);
// Rules that say why something is denied, and also find what the server lets an owner do with what it owns.
const LOOSE = new Set(["grant-outside-manifest", "role-escape", "cross-service-capture", "search-path-escape", "ambiguous-name"]);
const DENIED = /^42501 /;
// What lies in a schema that the role may not use is not found.
const INVISIBLE = /^(42P01|42883|42704|3F000) /;

export function verdict(answer, superuser) {
    if (DENIED.test(answer)) return "denied";
    if (INVISIBLE.test(answer) && !INVISIBLE.test(superuser)) return "denied";
    return "allowed";
}

const names = (finding) => finding.relations.map(({ name }) => name);

// What an owner role may not do either, whatever it owns.
const BEYOND_OWNERS = /^42501 (must be superuser|permission denied for database|permission denied( to alter role)?$)/;

// Why the server allows what `finding` rejects, or null.
function whyAllowed(finding, pair, world, knowledge) {
    const lacks = new Set((pair.lacks ?? []).map(({ name }) => name));
    const owner = world.stages.get(finding.owner);
    if (owner === "observe" && finding.level === "warning") return "observed: a warning, and nothing is taken away";
    if (finding.rule === "cross-service-join" && /^it is published to be read, not joined/.test(finding.help) &&
        names(finding).every((name) => !lacks.has(name))) return "stricter: a join over what is published to be read";
    if (finding.rule === "unowned-object" && pair.purpose === "owner" && /^\S+ creates public\./.test(finding.message)) {
        return "an owner may create in a schema that several share";
    }
    if (LOOSE.has(finding.rule) && pair.purpose === "owner") return "an owner disposes of what it owns";
    if (finding.rule === "cross-service-type" &&
        names(finding).some((name) => knowledge.rows.has(name))) return "never checked by PostgreSQL: a table's row type is open to all";
    const missing = (pair.lacks ?? []).filter(({ name }) => names(finding).includes(name));
    if (missing.length === 0) return null;
    const kinds = new Set(missing.map(({ kind, privilege }) => privilege === "NAME" ? "name" : kind));
    return kinds.has("relation") ? "never checked: the planner dropped the relation; pg_depend has it"
        : kinds.has("routine") ? "never checked: the planner dropped the call; pg_depend has it"
        : kinds.has("name") ? "never checked: a relation's name alone, as in 'x'::regclass; pg_depend has it"
        : `never checked: USAGE of a ${[...kinds][0]}, for PostgreSQL does so elsewhere; pg_depend has it`;
}

// Is what a readonly role was refused a write?
function isWrite(pair, knowledge) {
    const beyond = (pair.lacks ?? []).filter((one) => !(pair.appLacks ?? []).some((other) =>
        other.name === one.name && other.privilege === one.privilege));
    if (beyond.length > 0) {
        return beyond.every(({ kind, name, privilege }) => ["INSERT", "UPDATE", "DELETE"].includes(privilege) ||
            (kind === "routine" && knowledge.writers.has(name.split(".").pop())));
    }
    if (/^42501 permission denied to create temporary tables/.test(pair.answer)) return true;
    const [, kind, name] = /^42501 permission denied for ([a-z ]+?) (.*)$/.exec(pair.answer) ?? [];
    return kind === "function" || kind === "procedure" ? knowledge.writers.has(name)
        : knowledge.readable.has(`${pair.role} ${name}`);
}

const isSystem = (pair, knowledge) => {
    const [, name] = /^42501 permission denied for function (.*)$/.exec(pair.answer) ?? [];
    return name !== undefined && knowledge.reserved.has(name);
};

// Which of several routines of one name is called goes by the types of the arguments, which no parser knows.
const isOverload = ({ kind, name }, pair, world) => kind === "routine" && world.overloads?.has(name);

// What pg_depend says is forbidden must be what the findings name, no more and no less. A message, or null.
function namesDiffer(pair, findings, world) {
    if (!pair.lacks || pair.purpose !== "app") return null;
    const named = new Set(findings.flatMap(names));
    // A column's type comes with its table, a result's with its routine.
    const implied = ({ kind, privilege }) => (kind === "type" || privilege === "NAME") && findings.length > 0;
    const lost = pair.lacks.filter((one) => !named.has(one.name) && !implied(one) && !isOverload(one, pair, world));
    if (lost.length > 0) return `no finding names ${lost.map(({ kind, name, privilege }) => `${kind} ${name} (${privilege})`).join(", ")}`;
    const forbidden = new Set(pair.lacks.map(({ name }) => name));
    // nextval needs less of a sequence than setval, and pg_depend does not tell one from the other.
    const sets = (finding) => finding.rule === "cross-service-sequence" && /^42501 permission denied for sequence/.test(pair.answer);
    const extra = findings.filter((finding) => finding.rule !== "cross-service-join" && !sets(finding) && world.stages.get(finding.owner) !== "observe" &&
        !names(finding).some((name) => forbidden.has(name)));
    return extra.length > 0 ? `allowed, but found: ${extra.map(({ rule, message }) => `${rule}: ${message}`).join("; ")}` : null;
}

// {outcome} of a pair that both sides agree on or whose difference is explained, else {difference}.
export function judge(pair, world, knowledge) {
    const findings = pair.findings.filter(({ rule }) => !BESIDE.has(rule));
    const denied = verdict(pair.answer, pair.superuser) === "denied";
    if (denied && findings.length === 0) {
        if (pair.purpose === "readonly" && isWrite(pair, knowledge)) return { outcome: "readonly roles do not write" };
        if (isSystem(pair, knowledge)) return { outcome: "not compared: one of PostgreSQL's own functions, for superusers" };
        const overload = (pair.lacks ?? []).length > 0 && pair.lacks.every((one) => isOverload(one, pair, world));
        if (overload) return { outcome: "not decided: a routine of this name is published, another one is not" };
        if (pair.purpose === "owner" && world.stages.get(pair.service) === "observe") return { outcome: "observed: objects keep their owners" };
        if (pair.purpose === "owner" && world.excepted?.(pair)) return { outcome: "an exception silences what no privilege can allow" };
        if (pair.purpose === "owner" && BEYOND_OWNERS.test(pair.answer)) return { outcome: "not compared: it takes more than an owner role" };
        if (/^42501 permission denied for/.test(pair.answer) && 
            world.callerRights.some((name) => pair.text.includes(name.split(".").pop()))) {
            return { outcome: "a published routine with its caller's rights, which a finding at its definition tells" };
        }
        return { difference: "the server denies it, check accepts it" };
    }
    if (!denied && findings.length > 0) {
        const reasons = findings.map((finding) => whyAllowed(finding, pair, world, knowledge));
        const odd = findings[reasons.indexOf(null)];
        if (odd) return { difference: `check rejects it, the server allows it: ${odd.rule}: ${odd.message}` };
        return { outcome: reasons.sort().at(-1) };
    }
    const differ = namesDiffer(pair, findings, world);
    if (differ) return { difference: differ };
    return { outcome: denied ? "denied, and rejected" : "allowed, and accepted" };
}
