package io.millrace.connect.snapshot.mariadb;

import static org.assertj.core.api.Assertions.assertThat;

import io.debezium.schema.SchemaFactory;
import io.debezium.schema.SchemaNameAdjuster;
import io.millrace.connect.snapshot.StreamEvent;
import io.millrace.connect.snapshot.binlog.BinlogSnapshotDatabase;
import io.millrace.connect.snapshot.binlog.Place;
import io.millrace.testkit.MariaDbServer;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;

/** What heartbeats mean for the windows, and for offsets. */
class StreamedRecordsTest {
    private static final Schema HEARTBEAT = SchemaFactory.get().heartbeatValueSchema(SchemaNameAdjuster.NO_OP);

    private final Map<String, String> config =
            Capture.config(MariaDbServer.shared().createDatabase(), Map.of());
    private final BinlogSnapshotDatabase database =
            new BinlogSnapshotDatabase(new MariaDbDialect(config), config, Optional.empty(), Clock.systemUTC());

    @Test
    void aHeartbeatBetweenTransactionsIsPassedOnAndTellsThePlace() {
        StreamEvent event = database.classify(heartbeat(Map.of("file", "binlog.000002", "pos", 800L)));

        assertThat(event).isInstanceOf(StreamEvent.Other.class);
        assertThat(event.position()).hasValue(new Place("binlog.000002", 800).number());
    }

    /** Its offset says that as many events are to be skipped after a restart as there were signs of life. */
    @Test
    void aHeartbeatBehindAStatementThatAltersATableGoesNoFurther() {
        StreamEvent event = database.classify(heartbeat(Map.of("file", "binlog.000002", "pos", 800L, "event", 7L)));

        assertThat(event).isInstanceOf(StreamEvent.Marker.class);
    }

    private static SourceRecord heartbeat(Map<String, ?> offset) {
        Struct value = new Struct(HEARTBEAT).put("ts_ms", 1L);
        return new SourceRecord(Map.of("server", "s"), offset, "__debezium-heartbeat.s", HEARTBEAT, value);
    }
}
