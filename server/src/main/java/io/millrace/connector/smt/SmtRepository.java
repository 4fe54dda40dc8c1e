package io.millrace.connector.smt;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.millrace.connector.ConnectorId;
import io.millrace.http.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Rows of chains. Every method works in the transaction of the handle it is given. */
final class SmtRepository {
    private static final TypeReference<List<SmtInstance>> INSTANCES = new TypeReference<>() {};
    private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};

    void save(Handle handle, ConnectorId connector, SmtChain chain) {
        handle.execute("delete from smt_chain where connector_id = ?", connector.value());
        handle.createUpdate(
                        """
                        insert into smt_chain (connector_id, revision, connector_revision, transforms, secrets,
                            before_revision, before_transforms)
                        values (:connector, :revision, :connector_revision, :transforms, :secrets, :before, :ran)
                        """)
                .bind("connector", connector.value())
                .bind("revision", chain.revision())
                .bind("connector_revision", chain.connectorRevision())
                .bind("transforms", write(chain.transforms()))
                .bind("secrets", write(chain.secrets()))
                .bind("before", chain.before().map(SmtChain.Applied::revision))
                .bind("ran", chain.before().map(before -> write(before.transforms())))
                .execute();
    }

    Optional<SmtChain> find(Handle handle, ConnectorId connector) {
        return handle.createQuery("select * from smt_chain where connector_id = :connector")
                .bind("connector", connector.value())
                .map((row, context) -> chain(row))
                .findOne();
    }

    private static SmtChain chain(ResultSet row) throws SQLException {
        int before = row.getInt("before_revision");
        Optional<String> ran = Optional.ofNullable(row.getString("before_transforms"));
        return new SmtChain(
                row.getInt("revision"),
                row.getLong("connector_revision"),
                read(row.getString("transforms"), INSTANCES),
                read(row.getString("secrets"), TEXTS),
                ran.map(transforms -> new SmtChain.Applied(before, read(transforms, INSTANCES))));
    }

    private static String write(Object value) {
        try {
            return Json.mapper().writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a chain is always JSON", e);
        }
    }

    private static <T> T read(String text, TypeReference<T> type) {
        try {
            return Json.mapper().readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the store holds a chain that is no JSON", e);
        }
    }
}
