package io.millrace.database.compare;

/**
 * What a range holds: how many rows, and the sum of their numbers, in whatever order they came.
 *
 * @param sum of 64 bits, carried over where it is full
 */
public record RangeSum(long rows, long sum) {
    static final RangeSum NONE = new RangeSum(0, 0);

    RangeSum and(ComparedRow row) {
        return new RangeSum(rows + 1, sum + row.digest());
    }

    /** Returns the sum as clients read it. */
    public String checksum() {
        return "%016x".formatted(sum);
    }
}
