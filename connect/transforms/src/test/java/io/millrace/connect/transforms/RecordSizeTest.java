package io.millrace.connect.transforms;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;

class RecordSizeTest {
    @Test
    void growsWithTheTextsAndBytesInTheRows() {
        SourceRecord small = Orders.created(Orders.row(1, "eu"));
        SourceRecord large =
                Orders.created(Orders.row(1, "eu").put("note", "ä".repeat(500)).put("blob", new byte[24]));

        assertThat(RecordSize.of(large) - RecordSize.of(small)).isEqualTo(1_024);
        assertThat(RecordSize.of(Orders.tombstone(1))).isEqualTo(8);
    }
}
