package io.millrace.pipeline.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.catalogue.ConfigValues;
import io.millrace.connector.ConnectorId;
import io.millrace.connector.MemoryEngine;
import io.millrace.connector.ServedConnectors;
import io.millrace.database.ValidationReport;
import io.millrace.database.compare.ComparedDatabase;
import io.millrace.database.postgresql.PostgresTables;
import io.millrace.destination.DestinationType;
import io.millrace.destination.ReadBack;
import io.millrace.source.SourceConfigs;
import io.millrace.store.Store;
import io.millrace.testkit.PostgresDatabase;
import io.millrace.testkit.PostgresServer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Audits by a clock that the test sets, of a real database whose copy is beside it. */
class AuditTest {
    private static final Instant BEGUN = Instant.parse("2026-03-01T10:00:00Z");

    private final SetClock clock = new SetClock();
    private final Copies copies = new Copies();

    @TempDir
    private Path folder;

    private PostgresDatabase database;
    private ServedConnectors served;

    /** A clock that stands. */
    private static final class SetClock extends Clock {
        private volatile Instant now = BEGUN;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    /** A destination whose tables are in the schema copy of the source's database. */
    private final class Copies implements DestinationType {
        private volatile boolean upserts = true;
        private volatile CountDownLatch open = new CountDownLatch(0);

        @Override
        public String code() {
            return "postgresql";
        }

        @Override
        public void check(ConfigValues config) {}

        @Override
        public Map<String, String> properties(ConnectorId id, ConfigValues config) {
            return Map.of("connector.class", "none");
        }

        @Override
        public Optional<ReadBack> readBack(ConfigValues config) {
            return Optional.of(new ReadBack(
                    () -> {
                        try {
                            assertThat(open.await(1, TimeUnit.MINUTES)).isTrue();
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                        return new ComparedDatabase(database.connect(), new PostgresTables());
                    },
                    "copy",
                    upserts,
                    true));
        }

        @Override
        public ValidationReport validate(ConfigValues config, Duration limit) {
            return new ValidationReport(List.of(), Optional.empty());
        }
    }

    @BeforeEach
    void start() {
        database = PostgresServer.shared(16).createDatabase();
        database.execute(
                "CREATE TABLE orders (id int PRIMARY KEY, note text, changed timestamptz)",
                "INSERT INTO orders SELECT n, 'a', timestamptz '2026-02-01' FROM generate_series(1, 10) n",
                "CREATE SCHEMA copy",
                "CREATE TABLE copy.orders AS TABLE orders");
        served = new ServedConnectors(
                Store.sqlite(folder.resolve("millrace.db")), folder, new MemoryEngine(), clock, copies);
    }

    @AfterEach
    void stop() {
        copies.open.countDown();
        served.close();
    }

    @Test
    void beginsWhenTheIntervalIsOver() {
        String pipeline = pipeline("'interval_minutes':60");

        Instant first = audited(pipeline);
        clock.now = BEGUN.plus(Duration.ofMinutes(59));
        served.audit();
        Instant still = begun(pipeline);
        clock.now = BEGUN.plus(Duration.ofHours(1));

        assertThat(first).isEqualTo(BEGUN);
        assertThat(still).isEqualTo(BEGUN);
        assertThat(audited(pipeline)).isEqualTo(BEGUN.plus(Duration.ofHours(1)));
    }

    @Test
    void isNotBesideAnotherVerification() {
        String pipeline = pipeline("'interval_minutes':60");
        copies.open = new CountDownLatch(1);
        served.ok("POST", verify(pipeline), "{}");

        served.audit();
        served.refused(
                "POST",
                verify(pipeline),
                "{}",
                409,
                "A verification or repair of pipeline " + pipeline + " is running; read it with GET /pipelines/"
                        + pipeline + "/verify");
        served.refused(
                "POST",
                verify(pipeline) + "/repair",
                "{}",
                409,
                "Verification " + report(pipeline).path("verification_id").asText()
                        + " is running; repair what it finds when it is over");

        assertThat(report(pipeline).path("requested_by").asText()).isNotEqualTo(VerificationService.AUDIT);
        copies.open.countDown();
        over(pipeline);
        // Of two that began in the same moment none is the newest.
        clock.now = BEGUN.plusSeconds(1);
        assertThat(audited(pipeline)).isEqualTo(BEGUN.plusSeconds(1));
    }

    @Test
    void refusesDestinationsThatAppendAndSaysSoWhereAuditsAre() {
        String pipeline = pipeline("'interval_minutes':60");
        copies.upserts = false;

        served.audit();

        assertThat(report(pipeline).path("error").asText())
                .isEqualTo("Destination 'copies' (postgresql) gets a row for each change, so its tables are not to be"
                        + " equal to those of the source; only destinations that upsert can be verified");
        served.refused(
                "POST",
                verify(pipeline),
                "{}",
                400,
                report(pipeline).path("error").asText());
        served.refused(
                "POST",
                verify(pipeline) + "/repair",
                "{'deletes_only':true}".replace('\'', '"'),
                400,
                "Verification " + report(pipeline).path("verification_id").asText()
                        + " failed, so nothing is known to differ: "
                        + report(pipeline).path("error").asText() + "; verify again");
    }

    @Test
    void looksAtRowsThatWereChangedSinceTheTableWasEqual() {
        String pipeline = pipeline("'interval_minutes':60,'timestamp_column':'changed'");
        audited(pipeline);
        JsonNode whole = over(pipeline);
        database.execute(
                "UPDATE orders SET note = 'old', changed = timestamptz '2026-03-01 08:59Z' WHERE id = 1",
                "UPDATE orders SET note = 'new', changed = timestamptz '2026-03-01 09:01Z' WHERE id = 2");
        clock.now = BEGUN.plus(Duration.ofHours(1));
        audited(pipeline);
        JsonNode some = over(pipeline);
        database.execute("INSERT INTO copy.orders VALUES (11, 'ghost', timestamptz '2026-02-01')");
        clock.now = BEGUN.plus(Duration.ofHours(2));
        audited(pipeline);
        JsonNode all = over(pipeline);

        assertThat(whole.at("/topics/0/rows_source").asInt())
                .as(whole.toString())
                .isEqualTo(10);
        assertThat(whole.at("/topics/0/compared_since").isNull()).isTrue();
        assertThat(whole.path("ok").asBoolean()).isTrue();
        assertThat(some.at("/topics/0/compared_since").asText())
                .as(some.toString())
                .isEqualTo("2026-03-01T10:00:00Z");
        assertThat(some.at("/topics/0/differences"))
                .extracting(one -> one.at("/key/id").asInt())
                .containsExactly(2);
        assertThat(all.at("/topics/0/compared_since").isNull())
                .as(all.toString())
                .isTrue();
        assertThat(all.at("/topics/0/differences"))
                .extracting(one -> one.at("/key/id").asInt())
                .containsExactlyInAnyOrder(1, 2, 11);
        assertThat(all.at("/repair/error").asText()).as(all.toString()).contains("is not running");
    }

    @Test
    void saysThatThereIsNoSuchColumn() {
        String pipeline = pipeline("'interval_minutes':60,'timestamp_column':'updated'");
        audited(pipeline);

        assertThat(over(pipeline).path("error").asText())
                .isEqualTo("Column 'updated' of table 'public.orders', which is to say when rows were changed, is not"
                        + " compared: there is no such column; name another one as timestamp_column, or leave it out");
    }

    private String pipeline(String audit) {
        String source = made(
                "/sources?wait=false",
                "{'name':'pg','connector':'postgresql','desired_state':'Pending','config':"
                        + SourceConfigs.postgresql("'table.include.list.user.defined':'public.orders',"
                                        + "'database.hostname.user.defined':'127.0.0.1','database.port.user.defined':"
                                        + database.server().port() + ",'database.dbname':'" + database.name()
                                        + "','database.user':'" + PostgresServer.USER + "','database.password':'"
                                        + PostgresServer.PASSWORD + "','database.sslmode':'disable'")
                                .toString()
                                .replace('"', '\'')
                        + "}");
        String destination = made(
                "/destinations?wait=false",
                "{'name':'copies','connector':'postgresql','desired_state':'Pending','config':{"
                        + "'database.hostname.user.defined':'127.0.0.1','database.database.user.defined':'d',"
                        + "'connection.username':'u','connection.password':'p','table.name.prefix':'copy'}}");
        return made(
                "/pipelines?wait=false",
                "{'name':'p','source':{'id':'" + source + "','name':'s','connector':'postgresql','topics':"
                        + "['public.orders']},'destination':{'id':'" + destination
                        + "','name':'d','connector':'postgresql'},'periodic_audit':{'topics':['public.orders'],"
                        + audit + "}}");
    }

    /** Lets an audit be due, and returns when the newest verification began once it is over. */
    private Instant audited(String pipeline) {
        // A verification whose report is complete may hold its pipeline a moment longer; the audit then waits for the
        // next look.
        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
            served.audit();
            assertThat(report(pipeline).path("requested_by").asText()).isEqualTo(VerificationService.AUDIT);
            assertThat(begun(pipeline)).isEqualTo(clock.instant());
        });
        over(pipeline);
        return begun(pipeline);
    }

    private Instant begun(String pipeline) {
        return Instant.parse(report(pipeline).path("started_timestamp").asText());
    }

    private JsonNode over(String pipeline) {
        await().atMost(Duration.ofMinutes(1))
                .until(() -> !report(pipeline).path("status").asText().equals("running")
                        && (report(pipeline).path("ok").asBoolean(true)
                                || !report(pipeline).path("repair").isNull()));
        return report(pipeline);
    }

    private JsonNode report(String pipeline) {
        return served.ok("GET", verify(pipeline), "");
    }

    private static String verify(String pipeline) {
        return "/pipelines/" + pipeline + "/verify";
    }

    private String made(String path, String body) {
        return served.ok("POST", path, SourceConfigs.json(body)).path("id").asText();
    }
}
