-- Nobody ever said whose schema "audit" is.
CREATE TABLE audit.report_runs (
    report   text NOT NULL,
    started  timestamptz NOT NULL DEFAULT now(),
    finished timestamptz
);
