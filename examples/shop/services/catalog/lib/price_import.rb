# Imports the prices that purchasing sends every morning.
class PriceImport
  def initialize(connection)
    @connection = connection
  end

  def import(product, price)
    @connection.execute(<<~SQL)
      UPDATE public.product_prices SET price = #{Float(price)} WHERE product_id = #{Integer(product)}
    SQL
    @connection.execute(<<~SQL)
      UPDATE public.order_items SET unit_price = #{Float(price)}
       WHERE product_id = #{Integer(product)} AND order_id IN (SELECT id FROM public.orders WHERE status = 'open')
    SQL
  end
end
