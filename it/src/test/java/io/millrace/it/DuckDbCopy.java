package io.millrace.it;

import java.nio.file.Path;
import java.util.Map;

/**
 * Tables of a DuckDB file among those of a platform.
 *
 * @param data folder of the platform
 */
record DuckDbCopy(Path data) implements CampaignCopy {
    @Override
    public String code() {
        return "duckdb";
    }

    @Override
    public Map<String, Object> config() {
        return Map.of("duckdb.database", "mirror", "table.name.prefix", "copy", "hard.delete", true);
    }

    @Override
    public Checksums rows(CampaignTable table) {
        DuckDbFile file = new DuckDbFile(data.resolve("duckdb/mirror.duckdb").toString());
        return Checksums.of(file.query(table.checksums("copy.")));
    }

    /** One process has the file open. */
    @Override
    public boolean isShared() {
        return false;
    }
}
