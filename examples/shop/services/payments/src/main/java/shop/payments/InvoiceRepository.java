package shop.payments;

import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

class InvoiceRepository {
  private static final String OPEN =
      "SELECT id, order_id, amount "
          + "FROM public.invoices "
          + "WHERE paid_at IS NULL";

  private final JdbcTemplate jdbc;

  InvoiceRepository(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  List<Invoice> open() {
    return jdbc.query(OPEN, Invoice::read);
  }

  List<Invoice> ofCountry(String country) {
    return jdbc.query("""
        SELECT i.id, i.order_id, i.amount
          FROM public.invoices AS i
          JOIN public.orders AS o ON o.id = i.order_id
         WHERE o.country_code = ?
        """, Invoice::read, country);
  }

  // ringfence:allow cross-service-read reason="SHOP-1302: goes with the old back office" until=2099-12-31
  String statusOf(long order) {
    return jdbc.queryForObject("SELECT status FROM public.orders WHERE id = ?", String.class, order);
  }
}
