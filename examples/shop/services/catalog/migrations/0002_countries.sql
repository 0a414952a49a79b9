-- Everyone reads it, catalog keeps it.
CREATE TABLE reference.countries (
    code        char(2) PRIMARY KEY,
    name        text NOT NULL,
    vat_percent numeric(4, 1) NOT NULL
);

INSERT INTO reference.countries (code, name, vat_percent) VALUES
    ('DE', 'Deutschland', 19.0),
    ('FR', 'France', 20.0);
