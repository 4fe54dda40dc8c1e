package io.millrace.connect.snapshot.postgresql;

import io.debezium.data.Envelope;
import io.millrace.connect.snapshot.RowIdentity;
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
            return new StreamEvent.Other();
        }
        Field operation = value.schema().field(Envelope.FieldName.OPERATION);
        if (operation == null) {
            return new StreamEvent.Other();
        }
        return switch (value.getString(Envelope.FieldName.OPERATION)) {
            case "m" -> message(value);
            case "c" -> change(streamed, value, true);
            case "u", "d" -> change(streamed, value, false);
            case "t" -> new StreamEvent.Truncation(table(value), transaction(value));
            default -> new StreamEvent.Other();
        };
    }

    private static StreamEvent message(Struct value) {
        String prefix = value.getStruct("message").getString("prefix");
        return prefix.startsWith(PostgresSourceConnector.MARKER_PREFIX)
                ? new StreamEvent.Marker(prefix)
                : new StreamEvent.Other();
    }

    private static StreamEvent change(SourceRecord streamed, Struct value, boolean insert) {
        return new StreamEvent.RowChange(table(value), RowIdentity.of(streamed.key()), insert, transaction(value));
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
