package io.millrace.billing;

import io.millrace.http.Caller;
import io.millrace.http.Page;
import io.millrace.http.PageRequest;
import io.millrace.http.shape.CsvOrList;
import io.millrace.metric.Answer;
import io.millrace.metric.Entity;
import io.millrace.metric.Figures;
import io.millrace.metric.Metric;
import io.millrace.metric.Tally;
import io.millrace.metric.TimeQuery;
import io.millrace.metric.Usage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Tells services what they used. */
public final class UsageService {
    private final Usage usage;
    private final Figures figures;
    private final Clock clock;

    public UsageService(Usage usage, Figures figures, Clock clock) {
        this.usage = usage;
        this.figures = figures;
        this.clock = clock;
    }

    /** Returns a page of what entities used since the month began. */
    Page<UsageViews.Row> monthly(Caller caller, UsageRequests.Monthly asked) {
        PageRequest page = asked.asked();
        if (!concerns(caller, asked.tenantIds())) {
            return Page.of(page, List.of(), 0);
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Instant from = now.atZone(ZoneOffset.UTC)
                .truncatedTo(ChronoUnit.DAYS)
                .withDayOfMonth(1)
                .toInstant();
        List<UsageViews.Row> rows =
                usage.byEntity(caller, asked.wanted(), from, asked.sort(), page.offset(), page.pageSize()).stream()
                        .map(used -> UsageViews.Row.of(used, caller.tenantId(), caller.serviceId(), from, now))
                        .toList();
        return Page.of(page, rows, usage.count(caller, asked.wanted()));
    }

    /** Returns what the whole service used in a range of time, and when. */
    UsageViews.Summary summary(Caller caller, UsageRequests.Summary asked) {
        TimeQuery.Buckets buckets = asked.query().buckets(clock.instant(), TimeQuery.Unit.DAY);
        List<Tally> tallies = concerns(caller, asked.tenantIds())
                ? figures.tallies(Entity.service(caller.serviceId()), buckets)
                : buckets.starts().stream().map(start -> new Tally()).toList();
        List<UsageViews.Point> series = new ArrayList<>();
        for (int i = 0; i < tallies.size(); i++) {
            Tally tally = tallies.get(i);
            series.add(new UsageViews.Point(
                    Answer.time(buckets.starts().get(i)),
                    tally.count(Metric.BYTES_IN),
                    tally.count(Metric.RECORDS_IN)));
        }
        Map<String, UsageViews.Amount> byKind = new LinkedHashMap<>();
        byKind.put("sources", new UsageViews.Amount(sum(tallies, Metric.BYTES_IN), sum(tallies, Metric.RECORDS_IN)));
        byKind.put(
                "destinations",
                new UsageViews.Amount(sum(tallies, Metric.BYTES_OUT), sum(tallies, Metric.RECORDS_OUT)));
        return new UsageViews.Summary(
                buckets.starts().get(0),
                buckets.end(),
                sum(tallies, Metric.BYTES_IN),
                sum(tallies, Metric.RECORDS_IN),
                sum(tallies, Metric.SNAPSHOT_RECORDS),
                byKind,
                series,
                Optional.empty(),
                Optional.empty());
    }

    /** Hands over lines of CSV (RFC 4180), the one with the names of the columns first. */
    void export(Caller caller, UsageRequests.Export asked, Consumer<String> line) {
        Instant to = asked.timestampTo().orElseGet(clock::instant);
        Instant from = asked.timestampFrom().orElseGet(() -> to.minus(Duration.ofDays(1)));
        Usage.Wanted wanted = asked.wanted();
        line.accept("day,entity_type,id,name,connector,bytes,records,snapshot_records");
        if (concerns(caller, asked.tenantIds())) {
            usage.days(caller, wanted, from, to, day -> line.accept(csv(day)));
        }
    }

    private static String csv(Usage.Day day) {
        Usage.Used used = day.used();
        return String.join(
                ",",
                day.day().toString(),
                used.kind(),
                used.id(),
                '"' + used.name().replace("\"", "\"\"") + '"',
                used.connector().orElse(""),
                Long.toString(used.bytes()),
                Long.toString(used.records()),
                Long.toString(used.snapshotRecords()));
    }

    private static boolean concerns(Caller caller, Optional<CsvOrList> tenants) {
        return tenants.map(CsvOrList::values)
                .filter(some -> !some.isEmpty() && !some.contains(caller.tenantId()))
                .isEmpty();
    }

    private static long sum(List<Tally> tallies, Metric metric) {
        return tallies.stream().mapToLong(tally -> tally.count(metric)).sum();
    }
}
