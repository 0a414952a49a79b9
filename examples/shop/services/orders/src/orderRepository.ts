import { Pool } from 'pg';

const SHIPMENTS = 'orders.shipments';

export class OrderRepository {
  constructor(private readonly db: Pool) {}

  /** Own tables and published views: fine. */
  async open(customer: string) {
    const { rows } = await this.db.query(
      `SELECT o.id, i.product_id, a.available
         FROM public.orders AS o
         JOIN public.order_items AS i ON i.order_id = o.id
         JOIN inventory.availability_v1 AS a ON a.product_id = i.product_id
        WHERE o.customer_id = $1 AND o.status = 'open'`,
      [customer]);
    return rows;
  }

  async shipped(order: number) {
    return this.db.query(`SELECT carrier, "trackingId" FROM ${SHIPMENTS} WHERE order_id = $1`, [order]);
  }

  /** The exception of SHOP-1187 allows it. */
  async reserved(order: number) {
    return this.db.query('SELECT quantity FROM inventory.reservations WHERE order_id = $1', [order]);
  }

  async list(customer: string, withStock: boolean, descending: boolean) {
    let text = 'SELECT o.id, i.product_id FROM public.orders o JOIN public.order_items i ON i.order_id = o.id';
    if (withStock) {
      text += ' JOIN public.stock_levels s ON s.product_id = i.product_id AND s.on_hand > 0';
    }
    text += ' WHERE o.customer_id = $1 ORDER BY o.placed_at ' + (descending ? 'DESC' : 'ASC');
    return this.db.query(text, [customer]);
  }
}
