package io.millrace.database.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.control.TableName;
import io.millrace.database.KeyRange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RangeRowsTest {
    private static final TableName WORDS = new TableName("public", "words");
    private static final TableName GAPS = new TableName("public", "gaps");
    private static Shop shop;

    @BeforeAll
    static void fill() {
        shop = Shop.on(18);
        shop.database()
                .execute(
                        "CREATE TABLE words (w text COLLATE \"C\", n int, PRIMARY KEY (w, n))",
                        "INSERT INTO words VALUES ('A', 1), ('B', 1), ('B', 2), ('a', 1), ('o''x', 1)",
                        "CREATE TABLE gaps (k int, note text)",
                        "INSERT INTO gaps VALUES (1, 'x'), (2, 'x'), (NULL, 'x'), (NULL, 'y')");
    }

    @Test
    void countsTheWholeTable() throws SQLException {
        assertThat(count(Shop.ORDERS, KeyRange.everything(Optional.empty()))).contains(100L);
        assertThat(count(Shop.ORDERS, KeyRange.everything(Optional.of("id > 90 -- ten"))))
                .contains(10L);
    }

    @Test
    void comparesInTheCollationOfTheColumns() throws SQLException {
        assertThat(count(WORDS, range("{\"w\": \"B\", \"n\": 1}", "{\"w\": \"a\", \"n\": 9}", "w", "n")))
                .contains(2L);
        assertThat(count(WORDS, range("", "{\"w\": \"o'x\", \"n\": 1}", "w", "n")))
                .contains(5L);
    }

    @Test
    void takesRowsWithANullBehindAllOthers() throws SQLException {
        assertThat(count(GAPS, range("", "{\"k\": 1}", "k"))).contains(3L);
        assertThat(count(GAPS, range("{\"k\": 1}", "{\"k\": 2}", "k"))).contains(3L);
        assertThat(count(GAPS, range("{\"k\": null}", "{\"k\": 2}", "k"))).contains(2L);
        assertThat(count(GAPS, range("", "", "k"))).contains(2L);
    }

    @Test
    void findsNothingInATableThatWasEmpty() throws SQLException {
        assertThat(count(Shop.ORDERS, range("", "", "id"))).contains(0L);
    }

    @Test
    void givesUpWhenTimeIsUp() throws SQLException {
        KeyRange slow = KeyRange.everything(Optional.of("pg_sleep(1) IS NOT NULL"));
        try (Connection session = shop.open()) {
            assertThat(new RangeRows(session, Shop.ORDERS, slow).count(Duration.ofMillis(100)))
                    .isEmpty();
        }
    }

    private static Optional<Long> count(TableName table, KeyRange range) throws SQLException {
        try (Connection session = shop.open()) {
            return new RangeRows(session, table, range).count(Duration.ofSeconds(30));
        }
    }

    private static KeyRange range(String after, String upTo, String... columns) {
        return new KeyRange(List.of(columns), json(after), json(upTo), Optional.empty());
    }

    private static Optional<JsonNode> json(String text) {
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(new ObjectMapper().readTree(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
