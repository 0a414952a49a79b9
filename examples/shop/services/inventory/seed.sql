INSERT INTO public.warehouses (id, name, country_code) VALUES
    (1, 'Köln', 'DE'),
    (2, 'Lyon', 'FR')
ON CONFLICT (id) DO NOTHING;

INSERT INTO public.stock_levels (product_id, warehouse_id, on_hand) VALUES
    (1001, 1, 240),
    (1002, 1, 15),
    (1003, 2, 4);
