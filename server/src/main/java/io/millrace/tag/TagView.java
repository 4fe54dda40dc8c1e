package io.millrace.tag;

import io.millrace.http.shape.WireNames;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** A tag as clients read it. */
public record TagView(
        String id, String name, Optional<String> description, List<String> type, boolean system, boolean custom) {
    /** The envelope of lists of tags. */
    public record All(List<TagView> tags) {}

    static TagView of(Tag tag) {
        return new TagView(tag.id(), tag.name(), tag.description(), names(tag.types()), tag.system(), !tag.system());
    }

    static List<String> names(Collection<TagType> types) {
        return types.stream().map(WireNames::of).toList();
    }
}
