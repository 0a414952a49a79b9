"""Select the products that sell best, once a night."""

import psycopg
from psycopg import sql

ITEMS = "order_items"
CARDS = """
    SELECT product_id, title
      FROM catalog.product_card_v1
     WHERE product_id = ANY(%(products)s)
"""


def sold(connection: psycopg.Connection, since):
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT product_id, sum(quantity) FROM public.{ITEMS} "
            "GROUP BY product_id"
        )
        return cursor.fetchall()


def cards(connection: psycopg.Connection, products):
    return connection.execute(CARDS, {"products": products}).fetchall()


def copy_of(connection: psycopg.Connection, product):
    query = sql.SQL("SELECT sku FROM {} WHERE product_id = %s").format(
        sql.Identifier("inventory", "product_copy")
    )
    return connection.execute(query, [product]).fetchone()
