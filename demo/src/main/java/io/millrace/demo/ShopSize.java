package io.millrace.demo;

/** How many rows the shop has; an order has {@code lines} items. */
record ShopSize(int customers, int products, int orders, int lines) {
    /** What keeps a snapshot at the rate of the tour busy for somewhat more than half a minute. */
    static final ShopSize WATCHABLE = new ShopSize(60_000, 20_000, 400_000, 3);

    ShopSize {
        if (customers < 1 || products < 1 || orders < 1 || lines < 1) {
            throw new IllegalArgumentException("a shop needs at least one row of each kind");
        }
    }
}
