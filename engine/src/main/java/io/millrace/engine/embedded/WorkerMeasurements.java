package io.millrace.engine.embedded;

import io.millrace.engine.ConnectorName;
import io.millrace.engine.Delays;
import io.millrace.engine.Measure;
import io.millrace.engine.Measured;
import io.millrace.engine.Measurements;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.Attribute;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads what Connect, the clients of its tasks, Debezium and the sinks show as beans in this process. */
final class WorkerMeasurements implements Measurements {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerMeasurements.class);

    /** Connect names the clients of a task so. */
    private static final Pattern CLIENT = Pattern.compile("connector-(?:producer|consumer)-(.+)-(\\d+)");

    private static final String TOPIC = "topic";

    private static final List<Group> GROUPS = List.of(
            new Group(
                    "kafka.connect:type=source-task-metrics,*",
                    WorkerMeasurements::ofTask,
                    Map.of("source-record-write-total", Measure.RECORDS_WRITTEN)),
            new Group(
                    "kafka.connect:type=sink-task-metrics,*",
                    WorkerMeasurements::ofTask,
                    Map.of("sink-record-active-count", Measure.RECORDS_HELD)),
            new Group(
                    "kafka.connect:type=task-error-metrics,*",
                    WorkerMeasurements::ofTask,
                    Map.of("deadletterqueue-produce-requests", Measure.DEAD_LETTERS)),
            new Group(
                    "kafka.producer:type=producer-topic-metrics,*",
                    WorkerMeasurements::ofClient,
                    Map.of(
                            "record-send-total", Measure.RECORDS_SENT,
                            "byte-total", Measure.BYTES_SENT,
                            "record-retry-total", Measure.RETRIES)),
            new Group(
                    "kafka.consumer:type=consumer-fetch-manager-metrics,client-id=*,topic=*",
                    WorkerMeasurements::ofClient,
                    Map.of(
                            "records-consumed-total", Measure.RECORDS_READ,
                            "bytes-consumed-total", Measure.BYTES_READ)),
            new Group(
                    "kafka.consumer:type=consumer-fetch-manager-metrics,client-id=*,topic=*,partition=*",
                    WorkerMeasurements::ofClient,
                    Map.of("records-lag", Measure.RECORDS_LEFT)),
            new Group(
                    "debezium.*:type=connector-metrics,context=streaming,*",
                    WorkerMeasurements::ofDebezium,
                    Map.of(
                            "TotalNumberOfCreateEventsSeen", Measure.CREATES,
                            "TotalNumberOfUpdateEventsSeen", Measure.UPDATES,
                            "TotalNumberOfDeleteEventsSeen", Measure.DELETES,
                            "MilliSecondsBehindSource", Measure.BEHIND_MS,
                            "MilliSecondsSinceLastEvent", Measure.IDLE_MS,
                            "Connected", Measure.CONNECTED)));

    private final MBeanServer beans = ManagementFactory.getPlatformMBeanServer();

    /** Beans with the same attributes, and how their names tell whom they are about. */
    private record Group(ObjectName names, Function<ObjectName, Optional<About>> about, Map<String, Measure> measures) {
        Group(String names, Function<ObjectName, Optional<About>> about, Map<String, Measure> measures) {
            this(name(names), about, measures);
        }
    }

    /** Whom a bean is about. */
    private record About(ConnectorName connector, int task, Optional<String> topic) {
        Key of(Measure measure) {
            return new Key(this, measure);
        }
    }

    private record Key(About about, Measure measure) {}

    @Override
    public List<Measured> measured() {
        Map<Key, Long> sums = new HashMap<>();
        for (Group group : GROUPS) {
            String[] attributes = group.measures().keySet().toArray(String[]::new);
            for (ObjectName name : beans.queryNames(group.names(), null)) {
                group.about().apply(name).ifPresent(about -> attributes(name, attributes)
                        .forEach(attribute -> number(attribute)
                                .ifPresent(value -> sums.merge(
                                        about.of(group.measures().get(attribute.getName())), value, Long::sum))));
            }
        }
        List<Measured> measured = new ArrayList<>(sums.size());
        sums.forEach((key, value) -> measured.add(new Measured(
                key.about().connector(), key.about().task(), key.about().topic(), key.measure(), value)));
        return measured;
    }

    @Override
    public List<Delays> delays() {
        List<Delays> delays = new ArrayList<>();
        for (ObjectName name : beans.queryNames(name("io.millrace:type=delays,*"), null)) {
            Map<String, long[]> lists = new HashMap<>();
            attributes(name, "UpperMillis", "Counts")
                    .forEach(attribute -> lists.put(attribute.getName(), (long[]) attribute.getValue()));
            ofTask(name).ifPresent(about -> {
                long[] upper = lists.getOrDefault("UpperMillis", new long[0]);
                long[] counts = lists.getOrDefault("Counts", new long[0]);
                Map<Long, Long> byUpper = new HashMap<>();
                // A class that came to be between the two is told the next time.
                for (int i = 0; i < upper.length && upper.length == counts.length; i++) {
                    byUpper.put(upper[i], counts[i]);
                }
                delays.add(new Delays(
                        about.connector(), about.task(), about.topic().orElse(""), byUpper));
            });
        }
        return delays;
    }

    /** A bean may go, and an attribute come, between two questions. */
    private List<Attribute> attributes(ObjectName name, String... attributes) {
        try {
            return beans.getAttributes(name, attributes).asList();
        } catch (InstanceNotFoundException e) {
            LOG.trace("{} is gone", name, e);
        } catch (JMException e) {
            LOG.debug("{} does not tell {}", name, attributes, e);
        }
        return List.of();
    }

    /** A figure of Kafka's that was never measured is not a number, and one of Debezium's that is not known is -1. */
    private static Optional<Long> number(Attribute attribute) {
        if (attribute.getValue() instanceof Boolean flag) {
            return Optional.of(flag ? 1L : 0L);
        }
        return attribute.getValue() instanceof Number number
                        && Double.isFinite(number.doubleValue())
                        && number.longValue() >= 0
                ? Optional.of(number.longValue())
                : Optional.empty();
    }

    private static Optional<About> ofTask(ObjectName name) {
        return property(name, "connector").flatMap(connector -> property(name, "task")
                .map(task -> new About(new ConnectorName(connector), Integer.parseInt(task), property(name, TOPIC))));
    }

    /** Consumers tell a topic with dots twice; the second name has underscores in the place of the dots. */
    private static Optional<About> ofClient(ObjectName name) {
        Optional<String> topic = property(name, TOPIC);
        Optional<Matcher> client =
                property(name, "client-id").map(CLIENT::matcher).filter(Matcher::matches);
        boolean doubled = topic.isPresent() && topic.get().indexOf('.') < 0;
        return doubled
                ? Optional.empty()
                : client.map(matched ->
                        new About(new ConnectorName(matched.group(1)), Integer.parseInt(matched.group(2)), topic));
    }

    /** A source has one task, and its topics begin with its name. */
    private static Optional<About> ofDebezium(ObjectName name) {
        return property(name, "server").map(server -> new About(new ConnectorName(server), 0, Optional.empty()));
    }

    private static Optional<String> property(ObjectName name, String key) {
        return Optional.ofNullable(name.getKeyProperty(key))
                .map(value -> value.startsWith("\"") ? ObjectName.unquote(value) : value);
    }

    private static ObjectName name(String pattern) {
        try {
            return new ObjectName(pattern);
        } catch (MalformedObjectNameException e) {
            throw new IllegalArgumentException(pattern, e);
        }
    }
}
