package io.millrace.bench.snapshot;

import com.sun.management.OperatingSystemMXBean;
import io.millrace.testkit.PostgresDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Processor time of this process and of all processes of a PostgreSQL server, those that have ended included. */
record ProcessorTime(long postmaster) {
    /** Ticks of the kernel's account in a second. */
    private static final long TICKS = 100;

    static ProcessorTime with(PostgresDatabase database) {
        String pid = database.query("SELECT split_part(pg_read_file('postmaster.pid'), E'\\n', 1)")
                .get(0)
                .get(0);
        return new ProcessorTime(Long.parseLong(pid));
    }

    /** Returns the time used so far, in nanoseconds. */
    long nanos() {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long ticks = ProcessHandle.of(postmaster).stream()
                .flatMap(ProcessHandle::children)
                .mapToLong(child -> ticks(child.pid(), 2))
                .sum();
        return system.getProcessCpuTime() + (ticks + ticks(postmaster, 4)) * (1_000_000_000 / TICKS);
    }

    /**
     * Returns the first of the four times in {@code /proc/<pid>/stat}: user and system of the process itself, user and
     * system of its children that have ended.
     */
    private static long ticks(long pid, int times) {
        try {
            String stat = Files.readString(Path.of("/proc", String.valueOf(pid), "stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            long sum = 0;
            for (int i = 0; i < times; i++) {
                sum += Long.parseLong(fields[11 + i]);
            }
            return sum;
        } catch (NoSuchFileException e) {
            return 0; // ended meanwhile; the postmaster has its time now
        } catch (IOException e) {
            throw new UncheckedIOException("the system does not tell the time of process " + pid, e);
        }
    }
}
