package io.millrace.consumergroup;

import io.millrace.engine.KafkaCluster;
import io.millrace.topic.VisibleTopics;
import java.util.List;

/** Makes everything about groups of consumers. */
public final class Groups implements AutoCloseable {
    private final GroupBoard board;
    private final List<Object> resources;

    /** Wires groups over a data plane that need not run yet. */
    public Groups(KafkaCluster kafka, VisibleTopics topics) {
        board = new GroupBoard(kafka);
        GroupService groups = new GroupService(board, topics);
        resources = List.of(new GroupResource(groups, new GroupResets(board, groups, topics, kafka)));
    }

    /** Returns what serves the calls about groups. */
    public List<Object> resources() {
        return resources;
    }

    @Override
    public void close() {
        board.close();
    }
}
