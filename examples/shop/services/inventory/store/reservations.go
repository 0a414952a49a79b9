// Package store keeps the stock of all warehouses.
package store

import (
	"context"
	"database/sql"
	"fmt"
)

const orderItems = "public.order_items"

const reserve = `
	INSERT INTO inventory.reservations (order_id, product_id, quantity, reserved_until)
	VALUES ($1, $2, $3, now() + interval '15 minutes')`

type Store struct{ db *sql.DB }

// Reserve works on its own tables: fine.
func (s *Store) Reserve(ctx context.Context, order, product int64, quantity int) error {
	_, err := s.db.ExecContext(ctx, reserve, order, product, quantity)
	return err
}

// Demand asks another service's table, because it was near.
func (s *Store) Demand(ctx context.Context, product int64) (*sql.Row, error) {
	query := fmt.Sprintf("SELECT sum(quantity) FROM %s WHERE product_id = $1", orderItems)
	return s.db.QueryRowContext(ctx, query, product), nil
}

// Release gives stock back and closes the order, in one go.
func (s *Store) Release(ctx context.Context) error {
	_, err := s.db.ExecContext(ctx, `
		DELETE FROM inventory.reservations WHERE reserved_until < now();
		UPDATE public.orders SET status = 'cancelled' WHERE status = 'open'`)
	return err
}
