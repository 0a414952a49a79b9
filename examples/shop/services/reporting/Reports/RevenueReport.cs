using Dapper;
using Npgsql;

namespace Shop.Reporting;

public class RevenueReport
{
    private const string Facts = "reporting.order_facts";

    public IEnumerable<Row> PerDay(NpgsqlConnection connection, DateTime from) =>
        connection.Query<Row>($"SELECT day, sum(total) AS total FROM {Facts} WHERE day >= @from GROUP BY day", new { from });

    public IEnumerable<Row> Unpaid(NpgsqlConnection connection) =>
        connection.Query<Row>(@"
            SELECT o.""country_code"", count(*)
              FROM public.orders AS o
              LEFT JOIN public.invoices AS i ON i.order_id = o.id
             WHERE i.paid_at IS NULL
             GROUP BY o.country_code");
}
