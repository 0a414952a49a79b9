<h1>Receipt</h1>
<?php

const ORDERS = 'public.orders';

function receipt(PDO $db, int $order, string $archive): array
{
    $statement = $db->prepare('SELECT currency, placed_at FROM ' . ORDERS . ' WHERE id = :id');
    $statement->execute(['id' => $order]);
    $head = $statement->fetch();
    $lines = $db->query("SELECT amount FROM $archive WHERE order_id = $order");
    return [$head, $lines->fetchAll()];
}
