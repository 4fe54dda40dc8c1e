package io.millrace.it;

import io.millrace.testkit.IcebergRestCatalog;
import io.millrace.testkit.S3Server;
import java.util.LinkedHashMap;
import java.util.Map;

/** Tables of a REST catalogue in this process, whose files are in a store that speaks S3; small files are merged meanwhile. */
record IcebergCopy(S3Server store, IcebergRestCatalog catalog) implements CampaignCopy {
    static IcebergCopy start() {
        S3Server store = S3Server.start();
        return new IcebergCopy(store, IcebergRestCatalog.start(store, store.createBucket(), true));
    }

    @Override
    public String code() {
        return "iceberg";
    }

    @Override
    public Map<String, Object> config() {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("iceberg.catalog.uri", catalog.uri());
        config.put("iceberg.catalog.auth.mode", "oauth2");
        config.put("iceberg.catalog.credential", IcebergRestCatalog.CREDENTIAL);
        config.put("iceberg.catalog.warehouse", "lake");
        config.put("table.name.prefix", "copy");
        config.put("insert.mode.user.defined", "upsert");
        config.put("iceberg.commit.interval.ms", 1000);
        config.put("iceberg.tables.compaction.enabled", true);
        config.put("iceberg.tables.compaction.expire-snapshots", true);
        config.put("iceberg.tables.compaction.retain-last", "50");
        return config;
    }

    @Override
    public Checksums rows(CampaignTable table) {
        return Checksums.of(new IcebergRows(catalog).query("copy", table.name(), table.checksums("")));
    }

    @Override
    public void close() {
        catalog.close();
        store.close();
    }
}
