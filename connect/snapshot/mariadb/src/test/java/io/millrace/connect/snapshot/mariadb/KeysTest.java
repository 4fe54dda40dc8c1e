package io.millrace.connect.snapshot.mariadb;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.control.DesiredRun;
import io.millrace.control.DesiredTopic;
import io.millrace.control.Intent;
import io.millrace.control.RunTerms;
import io.millrace.control.TableName;
import io.millrace.control.TopicNames;
import io.millrace.control.TopicProgress;
import io.millrace.control.TopicState;
import io.millrace.testkit.MariaDbDatabase;
import io.millrace.testkit.MariaDbServer;
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

    /** Two readers, so that chunks end at boundaries too. */
    private static final Map<String, String> SMALL_CHUNKS =
            Map.of("millrace.snapshot.chunk.bytes", "3000", "millrace.snapshot.parallelism", "2");

    private final MariaDbDatabase database = MariaDbServer.shared().createDatabase();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    uuid                                                    | uuid()
                    bigint                                                  | -seq
                    bigint unsigned                                         | 18446744073709551615 - seq
                    decimal(40,10)                                          | if(seq = 1, -0.5, seq * 100000000000000000000.5)
                    float                                                   | seq / 3
                    double                                                  | if(seq = 1, -1.7976931348623157e308, seq / 3e0)
                    varchar(40) collate utf8mb4_unicode_ci                  | concat(char(32 + seq % 90), md5(seq))
                    varchar(40) collate utf8mb4_bin                         | concat('Ä', seq)
                    varchar(40) character set latin1 collate latin1_german2_ci | concat('ß''\\\\', seq)
                    varchar(40) collate utf8mb4_nopad_bin                   | concat(repeat(' ', seq % 7), seq)
                    char(12)                                                | seq
                    varchar(20) character set ucs2                          | concat('表', seq)
                    binary(16)                                              | unhex(md5(seq))
                    varbinary(20)                                           | concat(char(seq % 256), seq)
                    date                                                    | date_add('1000-01-01', interval seq day)
                    datetime(6)                                             | if(seq = 1, '0000-00-00', date_add('1969-12-31 23:59:59.999990', interval seq microsecond))
                    timestamp(6)                                            | date_add('2026-03-29 00:59:59.999', interval seq second)
                    time(3)                                                 | date_add(cast('-800:00:00' as time(3)), interval seq second)
                    bit(20)                                                 | seq
                    """)
    void everyTypeOrdersChunks(String type, String value) {
        EveryType.execute(
                database,
                "CREATE TABLE keyed (k " + type + " PRIMARY KEY, n int)",
                "INSERT INTO keyed SELECT " + value + ", seq FROM seq_1_to_" + ROWS);

        assertEveryRowOnce("keyed", Optional.empty());
    }

    @Test
    void anEnumIsReadInTheOrderOfItsValuesNotOfItsLetters() {
        database.execute(
                "CREATE TABLE keyed (kind enum('z', 'm', 'a'), flags set('y', 'b'), n int, PRIMARY KEY (kind, flags, n))",
                "INSERT INTO keyed SELECT 1 + seq % 3, seq % 4, seq FROM seq_1_to_" + ROWS);

        TopicProgress end = assertEveryRowOnce("keyed", Optional.empty());

        assertThat(end.lastKey().orElseThrow()).hasToString("{\"kind\":3,\"flags\":3,\"n\":2999}");
    }

    @Test
    void aCompositeKeyOrdersChunks() {
        database.execute(
                "CREATE TABLE keyed (a varchar(10), n int, b smallint, PRIMARY KEY (b, a))",
                "INSERT INTO keyed SELECT seq, seq, seq % 7 FROM seq_1_to_" + ROWS);

        assertThat(assertEveryRowOnce("keyed", Optional.empty()).keyColumns()).containsExactly("b", "a");
    }

    @Test
    void rowsWithANullInAUniqueKeyAreNotLost() {
        database.execute(
                "CREATE TABLE keyed (a int, b int, n int, UNIQUE (a, b))",
                "INSERT INTO keyed SELECT nullif(seq % 3, 0), nullif(seq, 5), seq FROM seq_1_to_" + ROWS);

        assertEveryRowOnce("keyed", Optional.empty());
    }

    @Test
    void aSurrogateKeyThatIsNotUniqueLosesNothing() {
        database.execute(
                "CREATE TABLE keyed (n int, grp int)",
                "INSERT INTO keyed SELECT seq, nullif(seq % 40, 7) FROM seq_1_to_" + ROWS);

        assertEveryRowOnce("keyed", Optional.of("grp"));
    }

    @Test
    void aSurrogateKeyIsMadeUniqueByThePrimaryKey() {
        database.execute(
                "CREATE TABLE keyed (id int PRIMARY KEY, n int, kind varchar(20))",
                "INSERT INTO keyed SELECT seq, seq, nullif(concat('kind ', seq % 3), 'kind 1') FROM seq_1_to_" + ROWS);

        assertThat(assertEveryRowOnce("keyed", Optional.of("kind")).keyColumns())
                .containsExactly("kind", "id");
    }

    @Test
    void anIndexOverAPartOfAColumnIsNoKey() {
        database.execute(
                "CREATE TABLE keyed (n int, k varchar(100), UNIQUE (k(5)))", "INSERT INTO keyed VALUES (1, 'a')");
        try (Capture capture = Capture.start(database)) {
            capture.snapshot("r1", "keyed");

            TopicProgress end = capture.end("r1", "keyed");

            assertThat(end.state()).isEqualTo(TopicState.FAILED);
            assertThat(end.error().orElseThrow()).contains("has neither a primary key nor a unique index");
        }
    }

    @Test
    void aFilterLimitsWhatIsRead() {
        database.execute(
                "CREATE TABLE keyed (n int PRIMARY KEY, doc json)",
                "INSERT INTO keyed SELECT seq, if(seq % 2, '{}', '{\"a\": 1}') FROM seq_1_to_" + ROWS);
        DesiredTopic filtered = new DesiredTopic(
                TopicNames.of(Capture.PREFIX, new TableName(database.name(), "keyed")),
                new TableName(database.name(), "keyed"),
                Intent.RUN,
                Optional.of("json_value(doc, '$.a') = 1 -- even ones"),
                Optional.empty());
        try (Capture capture = Capture.start(database, SMALL_CHUNKS)) {
            capture.want(new DesiredRun("r1", Intent.RUN, List.of(filtered), Optional.empty(), RunTerms.UNLIMITED));

            assertThat(capture.end("r1", "keyed").rows()).isEqualTo(ROWS / 2);
        }
    }

    @Test
    void aNameWithEverythingInItIsReadToo() {
        String table = "We`ird.\u8868 Na'me?";
        String quoted = '`' + table.replace("`", "``") + '`';
        database.execute(
                "CREATE TABLE " + quoted + " (`K``ey\"?` int PRIMARY KEY, n int)",
                "INSERT INTO " + quoted + " SELECT seq, seq FROM seq_1_to_" + ROWS);

        assertEveryRowOnce(table, Optional.empty());
    }

    private TopicProgress assertEveryRowOnce(String table, Optional<String> surrogateKey) {
        try (Capture capture = Capture.start(database, SMALL_CHUNKS)) {
            capture.want(capture.run("r1", Intent.RUN, surrogateKey, table));
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
