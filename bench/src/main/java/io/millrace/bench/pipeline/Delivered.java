package io.millrace.bench.pipeline;

import io.millrace.demo.DemoFailure;
import io.millrace.demo.Pace;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import javax.management.AttributeNotFoundException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;

/**
 * How many records the sink of a connector in this process has taken, by the worker's own account. A record counts when
 * the sink's {@code put} has returned, before which both sinks that are compared have committed it.
 */
final class Delivered {
    private static final Duration STEP = Duration.ofMillis(5);
    private static final String COUNT = "sink-record-send-total";

    private final MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
    private final String connector;
    private final ObjectName tasks;
    private final Pace pace;

    Delivered(String connector, Pace pace) {
        this.connector = connector;
        this.pace = pace;
        try {
            tasks = new ObjectName("kafka.connect:type=sink-task-metrics,connector=" + connector + ",task=*");
        } catch (MalformedObjectNameException e) {
            throw new IllegalArgumentException(connector, e);
        }
    }

    /** Waits until so many records are there in all. */
    void await(long records, Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (count() < records) {
            if (System.nanoTime() > deadline) {
                throw new DemoFailure(connector + " has " + count() + " of " + records + " records after "
                        + atMost.toSeconds() + " s");
            }
            pace.rest(STEP);
        }
        if (count() > records) {
            throw new DemoFailure(connector + " has " + count() + " records where " + records + " were expected");
        }
    }

    private long count() {
        return beans.queryNames(tasks, null).stream().mapToLong(this::count).sum();
    }

    /** Returns 0 for a task that has ended, or has only begun. */
    private long count(ObjectName task) {
        try {
            return ((Number) beans.getAttribute(task, COUNT)).longValue();
        } catch (InstanceNotFoundException | AttributeNotFoundException e) {
            return 0;
        } catch (JMException e) {
            throw new IllegalStateException("the worker does not tell what " + connector + " has taken", e);
        }
    }
}
