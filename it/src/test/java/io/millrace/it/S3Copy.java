package io.millrace.it;

import io.millrace.testkit.S3Server;
import java.util.LinkedHashMap;
import java.util.Map;

/** Files of JSON lines in a store that speaks S3, read by DuckDB. */
record S3Copy(S3Server store, String bucket) implements CampaignCopy {
    private static final String FOLDER = "in/";

    static S3Copy start() {
        S3Server store = S3Server.start();
        return new S3Copy(store, store.createBucket());
    }

    @Override
    public String code() {
        return "s3";
    }

    @Override
    public Map<String, Object> config() {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("aws.access.key.id", S3Server.KEY);
        config.put("aws.secret.access.key", S3Server.SECRET);
        config.put("aws.s3.bucket.name", bucket);
        config.put("aws.s3.endpoint", store.endpoint());
        config.put("format.user.defined", "JSON Lines");
        config.put("file.name.prefix", FOLDER);
        config.put("file.flush.interval.ms", 1000);
        return config;
    }

    /** A position may be in several files: what was not committed is written again. */
    @Override
    public Checksums rows(CampaignTable table) {
        FoldedRows rows = new FoldedRows(table);
        new DuckDbFile("")
                .each(
                        "SELECT json::VARCHAR FROM read_ndjson_objects('"
                                + store.object(bucket, FOLDER + table.name() + "-*.jsonl.gz")
                                + "') ORDER BY (json ->> '_streamkap_offset')::BIGINT",
                        line -> rows.take(FoldedRows.parsed(line.get(0))));
        return rows.checksums();
    }

    @Override
    public void close() {
        store.close();
    }
}
