package io.millrace.tag;

import io.millrace.connector.CreatedFrom;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A label for records.
 *
 * @param owner whose it is; a tag without an owner is built in and everyone's
 * @param types kinds of records that it may be put on
 */
public record Tag(
        String id,
        Optional<Owner> owner,
        String name,
        Optional<String> description,
        SortedSet<TagType> types,
        CreatedFrom createdFrom,
        Instant createdAt) {
    public Tag {
        types = Collections.unmodifiableSortedSet(new TreeSet<>(types));
    }

    /** Tenant and service that a tag belongs to. */
    public record Owner(String tenantId, String serviceId) {}

    boolean system() {
        return owner.isEmpty();
    }

    /** Returns whether another tag says the same. */
    boolean isTwinOf(Tag other) {
        return !id.equals(other.id) && name.equals(other.name) && types.equals(other.types);
    }
}
