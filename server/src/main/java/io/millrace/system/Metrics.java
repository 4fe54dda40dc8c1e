package io.millrace.system;

import io.millrace.engine.ConnectorState;
import io.millrace.engine.ConnectorStatus;
import io.millrace.engine.Engine;
import io.millrace.http.Readiness;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;

/** Figures in the Prometheus text format, version 0.0.4. No label ever holds a name from a client. */
public final class Metrics {
    private final Readiness readiness;
    private final AnswerCounts answers;
    private final Engine engine;

    private final LongSupplier slotsLeft;

    /** Takes where the figures come from; {@code slotsLeft} counts replication slots of deleted sources. */
    public Metrics(Readiness readiness, AnswerCounts answers, Engine engine, LongSupplier slotsLeft) {
        this.readiness = readiness;
        this.answers = answers;
        this.engine = engine;
        this.slotsLeft = slotsLeft;
    }

    String text() {
        StringBuilder out = new StringBuilder();
        head(out, "millrace_up", "gauge", "1 when everything is served");
        line(out, "millrace_up", readiness.ready() ? 1 : 0);
        head(out, "millrace_http_answers_total", "counter", "Answers of the REST API by status");
        answers.byStatus()
                .forEach((status, count) -> line(out, "millrace_http_answers_total{status=\"" + status + "\"}", count));
        memory(out);
        head(out, "millrace_uptime_seconds", "gauge", "Age of the process");
        line(
                out,
                "millrace_uptime_seconds",
                ManagementFactory.getRuntimeMXBean().getUptime() / 1000);
        head(
                out,
                "millrace_replication_slots_left",
                "gauge",
                "Slots of deleted sources that are still to be dropped and retain log of their servers");
        line(out, "millrace_replication_slots_left", slotsLeft.getAsLong());
        if (readiness.ready()) {
            connectors(out);
        }
        return out.toString();
    }

    private static void memory(StringBuilder out) {
        MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        head(out, "millrace_jvm_heap_used_bytes", "gauge", "Heap in use");
        line(out, "millrace_jvm_heap_used_bytes", heap.getUsed());
        head(out, "millrace_jvm_heap_max_bytes", "gauge", "Heap that may be used");
        line(out, "millrace_jvm_heap_max_bytes", heap.getMax());
        head(out, "millrace_jvm_threads", "gauge", "Threads");
        line(out, "millrace_jvm_threads", ManagementFactory.getThreadMXBean().getThreadCount());
    }

    private void connectors(StringBuilder out) {
        Map<ConnectorState, Long> counts = new EnumMap<>(ConnectorState.class);
        for (ConnectorState state : ConnectorState.values()) {
            counts.put(state, 0L);
        }
        for (ConnectorStatus status : engine.connect().statuses().values()) {
            counts.merge(status.state(), 1L, Long::sum);
        }
        head(out, "millrace_connectors", "gauge", "Connectors by state");
        counts.forEach((state, count) ->
                line(out, "millrace_connectors{state=\"" + state.name().toLowerCase(Locale.ROOT) + "\"}", count));
    }

    private static void head(StringBuilder out, String name, String type, String help) {
        out.append("# HELP ").append(name).append(' ').append(help).append('\n');
        out.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    private static void line(StringBuilder out, String name, long value) {
        out.append(name).append(' ').append(value).append('\n');
    }
}
