package io.millrace.it;

import java.util.Map;

/** A destination of a campaign: what it is told, and what it holds. */
interface CampaignCopy extends AutoCloseable {
    /** Returns the code of the destination in the catalogue. */
    String code();

    /** Returns what a user would configure. */
    Map<String, Object> config();

    /** Returns the last state of every row of a table that is not deleted; fails as long as there is no such table. */
    Checksums rows(CampaignTable table);

    /** Returns whether rows can be read while the sink runs. */
    default boolean isShared() {
        return true;
    }

    @Override
    default void close() {}
}
