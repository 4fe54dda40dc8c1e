package io.millrace.tag;

import io.millrace.connector.CreatedFrom;
import io.millrace.http.shape.CsvOrList;
import io.millrace.http.shape.Default;
import io.millrace.http.shape.Size;
import java.util.List;
import java.util.Optional;

/** What calls about tags carry. */
final class TagRequests {
    private TagRequests() {}

    /** A tag to create, or what one is replaced with. */
    record Write(
            @Size(min = 1) String name,
            Optional<String> description,
            @Default("") List<TagType> type,
            @Default("api") CreatedFrom createdFrom) {}

    /** Whether a tag must have all of the types or one. */
    enum Logic {
        AND,
        OR
    }

    /** Which tags are wanted; a type that nothing has matches none. */
    record Filter(
            Optional<CsvOrList> tagIds,
            Optional<String> tagName,
            Optional<CsvOrList> tagType,
            Optional<Logic> tagLogic) {

        boolean wants(Tag tag) {
            return tagIds.filter(ids -> !ids.values().contains(tag.id())).isEmpty()
                    && tagName.filter(name -> !name.equals(tag.name())).isEmpty()
                    && tagType.filter(types -> !matches(types.values(), tag)).isEmpty();
        }

        private boolean matches(List<String> wanted, Tag tag) {
            List<String> has = TagView.names(tag.types());
            return tagLogic.equals(Optional.of(Logic.AND))
                    ? has.containsAll(wanted)
                    : wanted.isEmpty() || wanted.stream().anyMatch(has::contains);
        }
    }
}
