package io.millrace.connect.snapshot.postgresql;

import io.debezium.data.Envelope;
import io.millrace.connect.snapshot.StreamEvent;
import io.millrace.control.TableName;
import java.util.Objects;
import java.util.OptionalLong;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;

/** Reads from Debezium's records what they mean for the windows. */
final class StreamedRecords {
    StreamEvent classify(SourceRecord streamed) {
        if (!(streamed.value() instanceof Struct value)) {
            return StreamEvent.Other.NOTHING;
        }
        Field operation = value.schema().field(Envelope.FieldName.OPERATION);
        if (operation == null) {
            return StreamEvent.Other.NOTHING;
        }
        return switch (value.getString(Envelope.FieldName.OPERATION)) {
            case "m" -> message(value);
            case "c" -> change(streamed, value, true);
            case "u", "d" -> change(streamed, value, false);
            case "t" -> new StreamEvent.Truncation(table(value), transaction(value), OptionalLong.empty());
            default -> StreamEvent.Other.NOTHING;
        };
    }

    private static StreamEvent message(Struct value) {
        String prefix = value.getStruct("message").getString("prefix");
        return prefix.startsWith(PostgresSourceConnector.MARKER_PREFIX)
                ? new StreamEvent.Marker(prefix, OptionalLong.empty())
                : StreamEvent.Other.NOTHING;
    }

    private static StreamEvent change(SourceRecord streamed, Struct value, boolean insert) {
        return new StreamEvent.RowChange(
                table(value),
                streamed.key() instanceof Struct key ? key : null,
                insert,
                true,
                transaction(value),
                OptionalLong.empty());
    }

    private static TableName table(Struct value) {
        Struct source = value.getStruct(Envelope.FieldName.SOURCE);
        return new TableName(source.getString("schema"), source.getString("table"));
    }

    private static OptionalLong transaction(Struct value) {
        Long number = value.getStruct(Envelope.FieldName.SOURCE).getInt64("txId");
        return Objects.isNull(number) ? OptionalLong.empty() : OptionalLong.of(number);
    }
}
