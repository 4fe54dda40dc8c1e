package io.millrace.connect.snapshot.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.control.DesiredRun;
import io.millrace.control.DesiredTopic;
import io.millrace.control.Intent;
import io.millrace.control.RunTerms;
import io.millrace.control.TableName;
import io.millrace.control.TopicNames;
import io.millrace.control.TopicProgress;
import io.millrace.control.TopicState;
import io.millrace.testkit.PostgresDatabase;
import io.millrace.testkit.PostgresServer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Chunks by keys of every kind: no row missing (S1), none twice, and the count right (S4). */
class KeysTest {
    private static final int ROWS = 3000;
    private static final Map<String, String> SMALL_CHUNKS = Map.of("millrace.snapshot.chunk.bytes", "3000");

    private final PostgresDatabase database = PostgresServer.shared(18).createDatabase();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    uuid                        | gen_random_uuid()
                    text COLLATE "unicode"      | concat(chr(32 + i % 90), md5(i::text))
                    text                        | concat('Ä', i)
                    numeric                     | CASE i WHEN 1 THEN '-0.5' ELSE i * 1e20 END
                    double precision            | CASE i WHEN 1 THEN 'NaN' WHEN 2 THEN 'infinity' ELSE i / 3.0 END
                    timestamptz                 | CASE i WHEN 1 THEN '-infinity' ELSE '1900-01-01 UTC'::timestamptz + i * '1 week'::interval END
                    bytea                       | sha256(i::text::bytea)
                    char(12)                    | i
                    bigint                      | -i
                    date                        | '0044-01-01 BC'::date + i
                    bit varying(20)             | i::bit(20)
                    """)
    void everyTypeOrdersChunks(String type, String value) {
        database.execute(
                "CREATE TABLE keyed (k " + type + " PRIMARY KEY, n int)",
                "INSERT INTO keyed SELECT (" + value + ")::" + type.split(" COLLATE", -1)[0]
                        + ", i FROM generate_series(1, " + ROWS + ") i");

        assertEveryRowOnce("keyed", Optional.empty());
    }

    @Test
    void aCompositeKeyOrdersChunks() {
        database.execute(
                "CREATE TABLE keyed (a text, n int, b smallint, PRIMARY KEY (b, a))",
                "INSERT INTO keyed SELECT i::text, i, i % 7 FROM generate_series(1, " + ROWS + ") i");

        assertThat(assertEveryRowOnce("keyed", Optional.empty()).keyColumns()).containsExactly("b", "a");
    }

    @Test
    void rowsWithANullInAUniqueKeyAreNotLost() {
        database.execute(
                "CREATE TABLE keyed (a int, b int, n int)",
                "CREATE UNIQUE INDEX ON keyed (a, b)",
                "INSERT INTO keyed SELECT nullif(i % 3, 0), nullif(i, 5), i FROM generate_series(1, " + ROWS + ") i");

        assertEveryRowOnce("keyed", Optional.empty());
    }

    @Test
    void aSurrogateKeyThatIsNotUniqueLosesNothing() {
        database.execute(
                "CREATE TABLE keyed (n int, grp int)",
                "INSERT INTO keyed SELECT i, nullif(i % 40, 7) FROM generate_series(1, " + ROWS + ") i");

        assertEveryRowOnce("keyed", Optional.of("grp"));
    }

    @Test
    void aSurrogateKeyIsMadeUniqueByThePrimaryKey() {
        database.execute(
                "CREATE TABLE keyed (id int PRIMARY KEY, n int, kind text)",
                "INSERT INTO keyed SELECT i, i, 'kind ' || i % 3 FROM generate_series(1, " + ROWS + ") i");

        assertThat(assertEveryRowOnce("keyed", Optional.of("kind")).keyColumns())
                .containsExactly("kind", "id");
    }

    @Test
    void aFilterLimitsWhatIsRead() {
        database.execute(
                "CREATE TABLE keyed (n int PRIMARY KEY, doc jsonb)",
                "INSERT INTO keyed SELECT i, CASE WHEN i % 2 = 0 THEN '{\"a\": 1}' ELSE '{}' END::jsonb"
                        + " FROM generate_series(1, " + ROWS + ") i");
        DesiredTopic filtered = new DesiredTopic(
                Capture.topicOf("keyed"),
                new TableName("public", "keyed"),
                Intent.RUN,
                Optional.of("doc ? 'a' -- even ones"),
                Optional.empty());
        try (Capture capture = Capture.start(database, SMALL_CHUNKS)) {
            capture.want(new DesiredRun("r1", Intent.RUN, List.of(filtered), Optional.empty(), RunTerms.UNLIMITED));

            assertThat(capture.end("r1", "keyed").rows()).isEqualTo(ROWS / 2);
        }
    }

    @Test
    void aNameWithEverythingInItIsReadToo() {
        String table = "We\"ird.\u8868 Na'me?";
        String quoted = '"' + table.replace("\"", "\"\"") + '"';
        database.execute(
                "CREATE TABLE " + quoted + " (\"K\"\"ey?\" int PRIMARY KEY, n int)",
                "INSERT INTO " + quoted + " SELECT i, i FROM generate_series(1, " + ROWS + ") i");

        assertEveryRowOnce(table, Optional.empty());
        assertThat(TopicNames.of("p", new TableName("public", table))).matches("[A-Za-z0-9._-]+");
    }

    private TopicProgress assertEveryRowOnce(String table, Optional<String> surrogateKey) {
        try (Capture capture = Capture.start(database, SMALL_CHUNKS)) {
            capture.want(Capture.run("r1", Intent.RUN, surrogateKey, table));
            TopicProgress end = capture.end("r1", table);

            assertThat(end.state()).as(end.toString()).isEqualTo(TopicState.COMPLETED);
            assertThat(end.rows()).isEqualTo(ROWS);
            List<Integer> numbers = new ArrayList<>();
            for (SourceRecord entry : capture.log(table)) {
                numbers.add(((Struct) entry.value()).getStruct("after").getInt32("n"));
            }
            Collections.sort(numbers);
            assertThat(numbers).hasSize(ROWS).doesNotHaveDuplicates();
            return end;
        }
    }
}
