package io.millrace.tag;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.millrace.connector.CreatedFrom;
import io.millrace.http.Json;
import io.millrace.store.Times;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Rows of tags. Every method works in the transaction of the handle it is given. */
final class TagRepository {
    void insert(Handle handle, Tag tag) {
        handle.createUpdate(
                        """
                        insert into tag (id, tenant_id, service_id, name, description, types, created_from, created_at)
                        values (:id, :tenant, :service, :name, :description, :types, :createdFrom, :createdAt)
                        """)
                .bind("id", tag.id())
                .bind("tenant", tag.owner().map(Tag.Owner::tenantId))
                .bind("service", tag.owner().map(Tag.Owner::serviceId))
                .bind("name", tag.name())
                .bind("description", tag.description())
                .bind("types", types(tag))
                .bind("createdFrom", tag.createdFrom().name())
                .bind("createdAt", tag.createdAt())
                .execute();
    }

    void update(Handle handle, Tag tag) {
        handle.createUpdate("update tag set name = :name, description = :description, types = :types where id = :id")
                .bind("name", tag.name())
                .bind("description", tag.description())
                .bind("types", types(tag))
                .bind("id", tag.id())
                .execute();
    }

    void delete(Handle handle, String id) {
        handle.execute("delete from tag where id = ?", id);
    }

    /** Returns the built-in tags and those of an owner, oldest first. */
    List<Tag> all(Handle handle, Tag.Owner owner) {
        return handle.createQuery(
                        """
                        select * from tag where tenant_id is null or (tenant_id = :tenant and service_id = :service)
                        order by created_at, id
                        """)
                .bind("tenant", owner.tenantId())
                .bind("service", owner.serviceId())
                .map((row, context) -> tag(row))
                .list();
    }

    private static String types(Tag tag) {
        try {
            return Json.mapper().writeValueAsString(TagView.names(tag.types()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a list of names is always JSON", e);
        }
    }

    private static Tag tag(ResultSet row) throws SQLException {
        String tenant = row.getString("tenant_id");
        Optional<Tag.Owner> owner =
                tenant == null ? Optional.empty() : Optional.of(new Tag.Owner(tenant, row.getString("service_id")));
        return new Tag(
                row.getString("id"),
                owner,
                row.getString("name"),
                Optional.ofNullable(row.getString("description")),
                readTypes(row.getString("types")),
                CreatedFrom.valueOf(row.getString("created_from")),
                Times.fromColumn(row.getLong("created_at")));
    }

    private static SortedSet<TagType> readTypes(String column) {
        try {
            return Arrays.stream(Json.mapper().readValue(column, String[].class))
                    .map(name -> TagType.valueOf(name.toUpperCase(Locale.ROOT)))
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the store holds types that are no JSON", e);
        }
    }
}
