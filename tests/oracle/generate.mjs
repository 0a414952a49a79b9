export function generate() { return ""; }
