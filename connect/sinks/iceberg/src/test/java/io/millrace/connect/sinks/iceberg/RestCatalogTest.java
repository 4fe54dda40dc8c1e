package io.millrace.connect.sinks.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.connect.sinks.fixtures.DrivenTask;
import io.millrace.connect.sinks.fixtures.Records;
import io.millrace.testkit.IcebergRestCatalog;
import io.millrace.testkit.S3Server;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Tables of a REST catalogue, in a bucket. */
class RestCatalogTest {
    private static S3Server store;

    private final SetClock clock = new SetClock();
    private final Records records = new Records();

    @BeforeAll
    static void start() {
        store = S3Server.start();
    }

    @AfterAll
    static void stop() {
        store.close();
    }

    private Map<String, String> settings(IcebergRestCatalog catalog, String... more) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "name", "lake",
                "iceberg.namespace", "shop.daily",
                "iceberg.mode", "upsert",
                "iceberg.commit.interval.ms", "100",
                "catalog.uri", catalog.uri(),
                "catalog.warehouse", "lake"));
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        return settings;
    }

    private void commit(DrivenTask run, SinkRecord... given) {
        run.put(given);
        clock.pass(Duration.ofSeconds(1));
        run.put();
    }

    private static List<String> rows(IcebergRestCatalog catalog) {
        List<String> rows = new ArrayList<>();
        IcebergGenerics.read(catalog.table("shop.daily", "orders"))
                .build()
                .forEach(row -> rows.add(row.getField("id") + " " + row.getField("note")));
        rows.sort(String::compareTo);
        return rows;
    }

    @Test
    void writesWithTheKeysThatTheCatalogueLends() {
        try (IcebergRestCatalog catalog = IcebergRestCatalog.start(store, store.createBucket(), true);
                DrivenTask run = new DrivenTask(
                        new IcebergSinkTask(clock), settings(catalog, "catalog.token", IcebergRestCatalog.TOKEN))) {
            commit(run, records.upsert(1, "one"), records.upsert(2, "two"));
            commit(run, records.upsert(1, "uno"), records.delete(2, "two"));
            assertThat(rows(catalog)).containsExactly("1 uno");
        }
    }

    @Test
    void writesWithItsOwnKeys() {
        try (IcebergRestCatalog catalog = IcebergRestCatalog.start(store, store.createBucket(), false);
                DrivenTask run = new DrivenTask(
                        new IcebergSinkTask(clock),
                        settings(
                                catalog,
                                "catalog.credential",
                                IcebergRestCatalog.CREDENTIAL,
                                "catalog.scope",
                                "PRINCIPAL_ROLE:ALL",
                                "catalog.s3.access-key-id",
                                S3Server.KEY,
                                "catalog.s3.secret-access-key",
                                S3Server.SECRET,
                                "catalog.s3.endpoint",
                                store.endpoint()))) {
            commit(run, records.upsert(1, "one"));
            assertThat(rows(catalog)).containsExactly("1 one");
        }
    }

    @Test
    void saysWhatIsWrongWithTokensAndKeys() {
        try (IcebergRestCatalog catalog = IcebergRestCatalog.start(store, store.createBucket(), false)) {
            Map<String, String> stranger = settings(catalog, "catalog.token", "wrong");
            assertThatThrownBy(() -> new DrivenTask(new IcebergSinkTask(clock), stranger))
                    .isInstanceOf(ConnectException.class)
                    .hasMessageContaining("The token is not known");
            try (DrivenTask run = new DrivenTask(
                    new IcebergSinkTask(clock), settings(catalog, "catalog.token", IcebergRestCatalog.TOKEN))) {
                run.put(records.upsert(1, "one"));
                clock.pass(Duration.ofSeconds(1));
                assertThatThrownBy(run::put)
                        .isInstanceOf(ConnectException.class)
                        .hasMessageContaining("iceberg.catalog.s3.access-key-id");
            }
            try (DrivenTask run = new DrivenTask(
                    new IcebergSinkTask(clock),
                    settings(
                            catalog,
                            "catalog.token",
                            IcebergRestCatalog.TOKEN,
                            "catalog.s3.access-key-id",
                            S3Server.KEY,
                            "catalog.s3.secret-access-key",
                            "wrong",
                            "catalog.s3.endpoint",
                            store.endpoint()))) {
                run.put(records.upsert(1, "one"));
                clock.pass(Duration.ofSeconds(1));
                assertThatThrownBy(run::put)
                        .isInstanceOf(ConnectException.class)
                        .hasMessageContaining("iceberg.catalog.s3.secret-access-key");
            }
        }
    }

    @Test
    void writesNothingTwiceWhenTheStoreComesBack() {
        String bucket = store.createBucket();
        try (IcebergRestCatalog catalog = IcebergRestCatalog.start(store, bucket, true);
                DrivenTask run = new DrivenTask(
                        new IcebergSinkTask(clock),
                        settings(catalog, "catalog.token", IcebergRestCatalog.TOKEN, "iceberg.mode", "insert"))) {
            commit(run, records.upsert(1, "one"));
            store.kill();
            SinkRecord second = records.upsert(2, "two");
            run.put(second);
            clock.pass(Duration.ofSeconds(1));
            assertThat(run.offer(List.of(records.upsert(3, "three")))).isFalse();
            store.restart();
            run.put();
            commit(run, second);
            assertThat(rows(catalog)).containsExactly("1 one", "2 two", "3 three");
        }
    }

    @Test
    void saysWhichLibraryIsMissing() {
        for (String missing :
                List.of("org.apache.iceberg.aws.glue.GlueCatalog", "org.apache.iceberg.hive.HiveCatalog")) {
            Map<String, String> settings = Map.of("iceberg.catalog", missing, "iceberg.namespace", "shop");
            assertThatThrownBy(() -> new DrivenTask(new IcebergSinkTask(clock), settings))
                    .isInstanceOf(ConnectException.class)
                    .hasMessageContaining(missing)
                    .hasMessageContaining("into plugins/iceberg");
        }
    }
}
