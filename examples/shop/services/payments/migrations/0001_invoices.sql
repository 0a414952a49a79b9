CREATE TABLE public.invoices (
    id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    order_id bigint NOT NULL,
    amount   numeric(12, 2) NOT NULL,
    due_on   date NOT NULL,
    paid_at  timestamptz
);

CREATE TABLE public.payment_attempts (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    invoice_id bigint NOT NULL REFERENCES public.invoices (id),
    provider   text NOT NULL,
    succeeded  boolean NOT NULL,
    tried_at   timestamptz NOT NULL DEFAULT now()
);

CREATE SCHEMA payments
    CREATE TABLE refunds (
        id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        invoice_id bigint NOT NULL REFERENCES public.invoices (id),
        amount     numeric(12, 2) NOT NULL
    )
    CREATE TABLE outbox (
        id         uuid PRIMARY KEY,
        topic      text NOT NULL,
        payload    jsonb NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        sent_at    timestamptz
    );

CREATE VIEW payments.payment_status_v1 AS
SELECT order_id,
       CASE WHEN paid_at IS NULL THEN 'due' ELSE 'paid' END AS status,
       EXISTS (SELECT 1 FROM payments.refunds AS r WHERE r.invoice_id = i.id) AS refunded
FROM public.invoices AS i;
