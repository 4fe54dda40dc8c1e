package io.millrace.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ControlJsonTest {
    @Test
    void aDesiredSnapshotComesBackAsItWasWritten() {
        DesiredTopic topic = new DesiredTopic(
                "source_1.public.orders",
                new TableName("public", "orders"),
                Intent.STOP,
                Optional.of("id > 10"),
                Optional.of(JsonNodeFactory.instance.objectNode().put("id", 7)));
        DesiredSnapshot desired = new DesiredSnapshot(
                "1",
                8,
                Optional.of(new DesiredRun("r1", Intent.PAUSE, List.of(topic), Optional.empty(), RunTerms.UNLIMITED)));

        DesiredSnapshot read = ControlJson.read(ControlJson.write(desired), DesiredSnapshot.class);

        assertThat(read).isEqualTo(desired);
    }

    @Test
    void progressComesBackAsItWasWritten() {
        TopicProgress progress = new TopicProgress(
                "1",
                "r1",
                "source_1.public.orders",
                TopicState.CANCELLED,
                8,
                104_200,
                9_000_000,
                List.of("id"),
                Optional.of(JsonNodeFactory.instance.objectNode().put("id", 104_200)),
                Optional.of(JsonNodeFactory.instance.objectNode().put("id", 200_000)),
                Optional.of(MarkerKind.LOG_MESSAGE),
                2048,
                Optional.of(Instant.parse("2026-01-15T10:30:00Z")),
                Optional.empty(),
                Optional.empty(),
                Instant.parse("2026-01-15T10:30:01.5Z"));

        assertThat(ControlJson.read(ControlJson.write(progress), TopicProgress.class))
                .isEqualTo(progress);
    }

    @Test
    void noKeyComesBackAsNoKey() {
        DesiredTopic topic =
                new DesiredTopic("t", new TableName("s", "t"), Intent.RUN, Optional.empty(), Optional.empty());

        assertThat(ControlJson.read(ControlJson.write(topic), DesiredTopic.class)
                        .startAfter())
                .isEmpty();
    }

    @Test
    void aMemberOfALaterReleaseIsSkipped() {
        byte[] json =
                "{\"sourceId\":\"1\",\"revision\":3,\"run\":null,\"later\":true}".getBytes(StandardCharsets.UTF_8);

        assertThat(ControlJson.read(json, DesiredSnapshot.class))
                .isEqualTo(new DesiredSnapshot("1", 3, Optional.empty()));
    }

    @Test
    void aTopicThatIsToStopStopsInsideARunThatGoesOn() {
        DesiredTopic stopped =
                new DesiredTopic("t", new TableName("s", "t"), Intent.STOP, Optional.empty(), Optional.empty());
        DesiredRun run = new DesiredRun("r", Intent.RUN, List.of(stopped), Optional.empty(), RunTerms.UNLIMITED);

        assertThat(run.intentOf(stopped)).isEqualTo(Intent.STOP);
    }
}
