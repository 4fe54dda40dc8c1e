package io.millrace.metric;

import io.millrace.connector.ConnectorId;
import java.util.regex.Pattern;

/**
 * Something that is measured.
 *
 * @param key what tells it from all others: {@code source_<id>}, {@code destination_<id>}, {@code pipeline_<id>},
 *     {@code service_<id>}, the name of a topic in Kafka, or a destination and a topic that it reads
 */
public record Entity(String key) {
    private static final Pattern OTHER = Pattern.compile("(source|destination|pipeline|service)_[0-9a-f]{24}");

    /** Returns a source or a destination. */
    public static Entity of(ConnectorId connector) {
        return new Entity(connector.prefix());
    }

    /** Returns the pipeline of an id. */
    public static Entity pipeline(String id) {
        return new Entity("pipeline_" + id);
    }

    /** Returns the service of an id: everything in it taken together. */
    public static Entity service(String id) {
        return new Entity("service_" + id);
    }

    /** Returns the topic of a name in Kafka. */
    public static Entity topic(String name) {
        return new Entity(name);
    }

    /** Returns a topic as a destination reads it. */
    public static Entity reading(ConnectorId destination, String topic) {
        return new Entity(destination.prefix() + "<" + topic);
    }

    /** Returns whether this is a topic, or a topic as a destination reads it: of these there may be very many. */
    boolean isTopic() {
        return !OTHER.matcher(key).matches();
    }

    @Override
    public String toString() {
        return key;
    }
}
