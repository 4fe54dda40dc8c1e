package io.millrace.system;

import io.millrace.engine.ConnectorState;
import io.millrace.engine.ConnectorStatus;
import io.millrace.engine.Engine;
import io.millrace.http.Readiness;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Figures for Prometheus: those of the process, and what was measured of what it runs. */
public final class Metrics {
    private final Readiness readiness;
    private final AnswerCounts answers;
    private final Engine engine;
    private final LongSupplier slotsLeft;
    private final Supplier<List<Family>> measured;

    /**
     * Takes where the figures come from.
     *
     * @param slotsLeft counts replication slots of deleted sources
     * @param measured tells what was measured of sources, destinations and pipelines
     */
    public Metrics(
            Readiness readiness,
            AnswerCounts answers,
            Engine engine,
            LongSupplier slotsLeft,
            Supplier<List<Family>> measured) {
        this.readiness = readiness;
        this.answers = answers;
        this.engine = engine;
        this.slotsLeft = slotsLeft;
        this.measured = measured;
    }

    String text(Exposition format) {
        List<Family> families = new ArrayList<>();
        families.add(gauge("millrace_up", "1 when everything is served", readiness.ready() ? 1 : 0));
        families.add(new Family(
                "millrace_http_answers",
                Family.Type.COUNTER,
                "Answers of the REST API by status",
                answers.byStatus().entrySet().stream()
                        .map(one -> new Family.Sample(
                                Map.of("status", String.valueOf(one.getKey())),
                                one.getValue().doubleValue()))
                        .toList()));
        memory(families);
        families.add(gauge(
                "millrace_uptime_seconds",
                "Age of the process",
                ManagementFactory.getRuntimeMXBean().getUptime() / 1000.0));
        families.add(gauge(
                "millrace_replication_slots_left",
                "Slots of deleted sources that are still to be dropped and retain log of their servers",
                (double) slotsLeft.getAsLong()));
        if (readiness.ready()) {
            families.add(connectors());
            families.addAll(measured.get());
        }
        return format.text(families);
    }

    private static void memory(List<Family> families) {
        MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        families.add(gauge("millrace_jvm_heap_used_bytes", "Heap in use", (double) heap.getUsed()));
        families.add(gauge("millrace_jvm_heap_max_bytes", "Heap that may be used", (double) heap.getMax()));
        families.add(gauge(
                "millrace_jvm_threads",
                "Threads",
                ManagementFactory.getThreadMXBean().getThreadCount()));
    }

    private Family connectors() {
        Map<ConnectorState, Long> counts = new EnumMap<>(ConnectorState.class);
        for (ConnectorState state : ConnectorState.values()) {
            counts.put(state, 0L);
        }
        for (ConnectorStatus status : engine.connect().statuses().values()) {
            counts.merge(status.state(), 1L, Long::sum);
        }
        List<Family.Sample> samples = new ArrayList<>();
        counts.forEach((state, count) ->
                samples.add(new Family.Sample(Map.of("state", state.name().toLowerCase(Locale.ROOT)), (double) count)));
        return new Family("millrace_connectors", Family.Type.GAUGE, "Connectors by state", samples);
    }

    private static Family gauge(String name, String help, double value) {
        return Family.of(name, Family.Type.GAUGE, help, value);
    }
}
