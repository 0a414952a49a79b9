// The server of tests/lib/postgres.

export const major = Number(process.env.POSTGRES_MAJOR);

// A manifest, as YAML or JSON text, that says the server's own version: what is generated from another one is refused.
export function forServer(manifest) {
    if (/^\s*\{/.test(manifest)) {
        return JSON.stringify({ ...JSON.parse(manifest), postgres: major });
    }
    return manifest.replace(/^postgres:.*\n/m, "").replace(/^version: 1$/m, `$&\npostgres: ${major}`);
}
