package io.millrace.bench.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.demo.DemoFailure;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class TopicJudgeTest {
    private static final int ROWS = 3;
    private final long[] digests = new long[ROWS + 1];

    TopicJudgeTest() {
        for (int id = 1; id <= ROWS; id++) {
            digests[id] = RowDigest.of(row(id)::get);
        }
    }

    @Test
    void theTableIsCompleteWithItsLastRowWhateverComesAgain() {
        TopicJudge.Verdict verdict =
                judge(message(10, row(3)), message(11, row(1)), message(14, row(2)), message(15, row(1)));

        assertThat(verdict.records()).isEqualTo(4);
        assertThat(verdict.lastOffset()).isEqualTo(14);
        assertThat(verdict.again()).isEqualTo(1);
    }

    @Test
    void oneValueThatDiffersIsNotTheRow() {
        for (String column : RowDigest.COLUMNS) {
            Map<String, Object> other = row(2);
            other.put(column, other(column));
            assertThatThrownBy(() -> judge(message(0, row(1)), message(1, other), message(2, row(3))))
                    .as(column)
                    .isInstanceOf(DemoFailure.class);
        }
    }

    @Test
    void nullIsNotTheEmptyText() {
        Map<String, Object> other = row(2);
        other.put("note", null);

        assertThatThrownBy(() -> judge(message(0, row(1)), message(1, other), message(2, row(3))))
                .hasMessageContaining("not the row with id 2");
    }

    @Test
    void aRowThatIsMissingIsNamed() {
        assertThatThrownBy(() -> judge(message(0, row(1)), message(1, row(3))))
                .hasMessageContaining("lacks 1 rows")
                .hasMessageContaining("id 2");
    }

    @Test
    void aRowThatTheTableHasNotIsRefused() {
        assertThatThrownBy(() -> judge(message(7, row(4))))
                .hasMessageContaining("offset 7")
                .hasMessageContaining("id 4");
    }

    private TopicJudge.Verdict judge(Message... messages) {
        Map<Integer, Message> byNumber = new HashMap<>();
        List<ConsumerRecord<byte[], byte[]>> batch = new ArrayList<>();
        for (int i = 0; i < messages.length; i++) {
            byNumber.put(i, messages[i]);
            batch.add(new ConsumerRecord<>(
                    "t", 0, messages[i].offset(), new byte[1], String.valueOf(i).getBytes(StandardCharsets.UTF_8)));
        }
        return new TopicJudge(
                        digests,
                        value -> new Envelope(
                                "r",
                                byNumber.get(Integer.valueOf(new String(value, StandardCharsets.UTF_8)))
                                        .row()::get))
                .judge("t", List.of(batch));
    }

    private record Message(long offset, Map<String, Object> row) {}

    private static Message message(long offset, Map<String, Object> row) {
        return new Message(offset, row);
    }

    private static Map<String, Object> row(long id) {
        Map<String, Object> row = new HashMap<>();
        row.put("id", id);
        row.put("shop", 7);
        row.put("quantity", -12);
        row.put("price", BigInteger.valueOf(-999));
        row.put("rate", id / 7.0);
        row.put("paid", id % 2 == 0);
        row.put("ordered", "1969-12-31T23:59:59.999999Z");
        row.put("shipped", 1_577_836_800_000_000L);
        row.put("due", 19_782);
        row.put("reference", "0cc175b9-c0f1-b6a8-31c3-99e269772661");
        row.put("customer", "Zoë 🙂 " + id);
        row.put("note", "");
        return row;
    }

    private static Object other(String column) {
        return switch (column) {
            case "id" -> 3L;
            case "shop", "quantity", "due", "shipped" -> 8L;
            case "price" -> BigInteger.valueOf(-998);
            case "rate" -> 2 / 7.1;
            case "paid" -> false;
            case "ordered" -> "1970-01-01T00:00:00Z";
            default -> "another";
        };
    }
}
