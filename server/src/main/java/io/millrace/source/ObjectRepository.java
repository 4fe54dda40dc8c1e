package io.millrace.source;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Rows of what is known of the things in databases. Every method works in the transaction of the handle it is given. */
final class ObjectRepository {
    void note(Handle handle, SourceId source, Made thing, Ledger.Origin origin) {
        handle.execute(
                """
                insert into source_object (source_id, kind, name, origin) values (?, ?, ?, ?)
                on conflict (source_id, kind) do update set name = excluded.name, origin = excluded.origin
                """,
                source.value(),
                thing.kind().name(),
                thing.name(),
                origin.name());
    }

    Optional<Ledger.Origin> origin(Handle handle, SourceId source, Made thing) {
        return Optional.ofNullable(of(handle, source).get(thing));
    }

    Map<Made, Ledger.Origin> of(Handle handle, SourceId source) {
        Map<Made, Ledger.Origin> things = new HashMap<>();
        handle.createQuery("select kind, name, origin from source_object where source_id = :source")
                .bind("source", source.value())
                .map((row, context) -> Map.entry(
                        new Made(Made.Kind.valueOf(row.getString("kind")), row.getString("name")),
                        Ledger.Origin.valueOf(row.getString("origin"))))
                .forEach(thing -> things.put(thing.getKey(), thing.getValue()));
        return things;
    }

    void forget(Handle handle, SourceId source, Made thing) {
        handle.execute(
                "delete from source_object where source_id = ? and kind = ?",
                source.value(),
                thing.kind().name());
    }
}
