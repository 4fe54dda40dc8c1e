package io.millrace.database.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.control.TableName;
import io.millrace.database.compare.Difference.Kind;
import io.millrace.database.compare.ReadTable.ReadColumn;
import io.millrace.database.mariadb.MariaDbTables;
import io.millrace.database.postgresql.PostgresTables;
import io.millrace.testkit.MariaDbDatabase;
import io.millrace.testkit.MariaDbServer;
import io.millrace.testkit.PostgresDatabase;
import io.millrace.testkit.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TableComparisonTest {
    private static PostgresServer postgres;
    private static MariaDbServer mariadb;

    private PostgresDatabase from;
    private MariaDbDatabase to;

    /** What happens while a comparison waits, one after the other. */
    private final Deque<Runnable> meanwhile = new ArrayDeque<>();

    @BeforeAll
    static void start() {
        postgres = PostgresServer.start(16);
        mariadb = MariaDbServer.start();
    }

    @AfterAll
    static void stop() {
        postgres.close();
        mariadb.close();
    }

    @BeforeEach
    void fill() {
        from = postgres.createDatabase();
        to = mariadb.createDatabase();
        from.execute(
                "CREATE TABLE t (region text, n bigint, price numeric(20,4), at timestamptz, PRIMARY KEY (region, n))",
                "INSERT INTO t SELECT (array['a', 'B', 'b ', '\u00e9', '\ud83d\ude00'])[1 + n % 5], n, n / 8.0,"
                        + " timestamptz '2026-01-01 10:00+02' + n * interval '1 ms' FROM generate_series(1, 5000) n");
        to.execute("CREATE TABLE t (region varchar(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin, n bigint,"
                + " price longtext, at datetime(6), PRIMARY KEY (region, n))");
        copy();
    }

    private void copy() {
        StringBuilder rows = new StringBuilder();
        for (List<String> row : from.query("SELECT region, n, price, at AT TIME ZONE 'UTC' FROM t")) {
            rows.append(rows.isEmpty() ? "" : ",")
                    .append("('" + row.get(0) + "'," + row.get(1) + ",'" + row.get(2) + "','" + row.get(3) + "')");
        }
        to.execute("INSERT INTO t VALUES " + rows);
    }

    @Test
    void findsNothingInEqualTablesWhateverTheProductsWrite() throws Exception {
        Outcome outcome = compare(1_000, KeyBounds.ALL);

        assertThat(outcome).isEqualTo(new Outcome(5000, 5000, 5, List.of(), List.of()));
    }

    @Test
    void namesTheKeysThatDifferAndTheirColumns() throws Exception {
        from.execute("DELETE FROM t WHERE n = 10");
        to.execute(
                "DELETE FROM t WHERE n = 2501",
                "UPDATE t SET price = '0.0001' WHERE n = 4999",
                "INSERT INTO t VALUES ('~', 1, '1', '2026-01-01')");

        Outcome outcome = compare(1_000, KeyBounds.ALL);

        assertThat(outcome.differences())
                .containsExactlyInAnyOrder(
                        new Difference(List.of("a", "10"), Kind.EXTRA, List.of()),
                        new Difference(List.of("B", "2501"), Kind.MISSING, List.of()),
                        new Difference(List.of("\ud83d\ude00", "4999"), Kind.DIFFERENT, List.of("price")),
                        new Difference(List.of("~", "1"), Kind.EXTRA, List.of()));
        assertThat(outcome.ranges())
                .extracting(Outcome.DifferentRange::attempts)
                .containsOnly(4);
        assertThat(outcome.ranges().stream()
                        .mapToLong(range ->
                                range.source().rows() - range.destination().rows()))
                .containsExactly(1L, -1L, -1L, 0L);
    }

    @Test
    void looksAtARangeAlone() throws Exception {
        to.execute("DELETE FROM t WHERE region = 'a'", "DELETE FROM t WHERE region = 'b ' AND n = 7");

        Outcome outcome =
                compare(1_000, new KeyBounds(Optional.of(List.of("b ", "2")), Optional.of(List.of("b ", "1002"))));

        assertThat(outcome.rowsSource()).isEqualTo(200);
        assertThat(outcome.differences()).containsExactly(new Difference(List.of("b ", "7"), Kind.MISSING, List.of()));
    }

    @Test
    void waitsForWhatIsUnderWay() throws Exception {
        from.execute("UPDATE t SET price = 1 WHERE n = 1", "DELETE FROM t WHERE n = 2");
        meanwhile.add(() -> to.execute("UPDATE t SET price = 1 WHERE n = 1"));
        meanwhile.add(() -> to.execute("DELETE FROM t WHERE n = 2"));

        assertThat(compare(50_000, KeyBounds.ALL).ok()).isTrue();
        assertThat(meanwhile).isEmpty();
    }

    @Test
    void saysNothingOfARowThatTheSourceKeepsChanging() throws Exception {
        from.execute("UPDATE t SET price = -1 WHERE n = 1");
        for (int i = 0; i < 3; i++) {
            int price = i;
            meanwhile.add(() -> {
                to.execute("UPDATE t SET price = " + (price - 1) + " WHERE n = 1");
                from.execute("UPDATE t SET price = " + price + " WHERE n = 1");
            });
        }

        assertThat(compare(50_000, KeyBounds.ALL).ok()).isTrue();
        assertThat(meanwhile).isEmpty();
    }

    @Test
    void saysThatAllIsMissingWithoutListingAllOfIt() throws Exception {
        to.execute("DELETE FROM t");

        Outcome outcome = compare(50_000, KeyBounds.ALL);

        assertThat(outcome.differences()).hasSize(100).allMatch(one -> one.kind() == Kind.MISSING);
        assertThat(outcome.ranges()).hasSize(1);
        assertThat(outcome.ranges().get(0).source().rows()).isEqualTo(5000);
        assertThat(outcome.ranges().get(0).destination()).isEqualTo(new RangeSum(0, 0));
    }

    @Test
    void doesNotCountRowsThatAreMarkedAsDeleted() throws Exception {
        to.execute("ALTER TABLE t ADD COLUMN __deleted longtext", "UPDATE t SET __deleted = 'false' WHERE n > 100");
        from.execute("DELETE FROM t WHERE n = 500");
        to.execute("UPDATE t SET __deleted = 'true' WHERE n = 500");

        assertThat(compare(50_000, KeyBounds.ALL).ok()).isTrue();
    }

    private Outcome compare(int rangeRows, KeyBounds bounds) throws SQLException, InterruptedException {
        PostgresTables here = new PostgresTables();
        MariaDbTables there = new MariaDbTables();
        TableName table = new TableName("public", "t");
        TableName copy = new TableName(to.name(), "t");
        try (Connection source = from.connect();
                Connection destination = to.connect()) {
            try (Statement statement = destination.createStatement()) {
                statement.execute("SET SESSION sql_mode = '', time_zone = '+00:00'");
            }
            List<ComparedColumn> columns = here.columns(source, table);
            List<ComparedColumn> copies = there.columns(destination, copy);
            return new TableComparison(
                            new TableReader(source, here, paired(table, columns, columns)),
                            new TableReader(destination, there, paired(copy, copies, columns)),
                            new Terms(false, List.of(bounds), rangeRows, 100, Duration.ZERO),
                            time -> Optional.ofNullable(meanwhile.poll()).ifPresent(Runnable::run))
                    .run();
        }
    }

    private static ReadTable paired(TableName name, List<ComparedColumn> columns, List<ComparedColumn> kinds) {
        List<ReadColumn> all = columns.stream()
                .limit(kinds.size())
                .map(column -> new ReadColumn(
                        column, kinds.get(columns.indexOf(column)).kind().orElseThrow()))
                .toList();
        Optional<ComparedColumn> mark = columns.stream()
                .filter(column -> column.name().equals("__deleted"))
                .findFirst();
        return new ReadTable(name, all.subList(0, 2), all.subList(2, 4), mark);
    }
}
