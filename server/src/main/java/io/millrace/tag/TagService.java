package io.millrace.tag;

import io.millrace.http.ApiProblem;
import io.millrace.http.Caller;
import io.millrace.store.Ids;
import io.millrace.store.Store;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/** Tags of a tenant's service, and the built-in ones, which nobody changes. */
final class TagService {
    private final Store store;
    private final TagRepository rows = new TagRepository();
    private final List<TagUse> uses;
    private final Ids ids;
    private final Clock clock;

    TagService(Store store, List<TagUse> uses, Ids ids, Clock clock) {
        this.store = store;
        this.uses = List.copyOf(uses);
        this.ids = ids;
        this.clock = clock;
    }

    List<Tag> list(Caller caller, TagRequests.Filter filter) {
        return store.<List<Tag>, RuntimeException>read(handle -> rows.all(handle, owner(caller))).stream()
                .filter(filter::wants)
                .toList();
    }

    Tag create(Caller caller, TagRequests.Write request) {
        Tag tag = new Tag(
                ids.next(),
                Optional.of(owner(caller)),
                request.name(),
                request.description(),
                new TreeSet<>(request.type()),
                request.createdFrom(),
                clock.instant());
        refuseReserved(tag);
        store.change(handle -> {
            refuseTwin(handle, caller, tag);
            rows.insert(handle, tag);
        });
        return tag;
    }

    Tag update(Caller caller, String id, TagRequests.Write request) {
        return store.write(handle -> {
            Tag before = changeable(handle, caller, id, "changed");
            Tag tag = new Tag(
                    before.id(),
                    before.owner(),
                    request.name(),
                    request.description(),
                    new TreeSet<>(request.type()),
                    before.createdFrom(),
                    before.createdAt());
            refuseReserved(tag);
            refuseTwin(handle, caller, tag);
            rows.update(handle, tag);
            return tag;
        });
    }

    Tag delete(Caller caller, String id) {
        return store.write(handle -> {
            Tag tag = changeable(handle, caller, id, "deleted");
            for (TagUse use : uses) {
                long count = use.count().of(handle, id);
                if (count > 0) {
                    throw new ApiProblem.BadRequest(
                            "Tag is used by " + count + " " + use.what() + " entities and can't be deleted");
                }
            }
            rows.delete(handle, id);
            return tag;
        });
    }

    private Tag changeable(Handle handle, Caller caller, String id, String what) {
        if (!Ids.wellFormed(id)) {
            throw new ApiProblem.BadRequest("Invalid tag ID format: " + id);
        }
        Tag tag = rows.all(handle, owner(caller)).stream()
                .filter(known -> known.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new ApiProblem.NotFound("Tag not found: " + id));
        if (tag.system()) {
            throw new ApiProblem.BadRequest("Tag '" + tag.name() + "' is built in and cannot be " + what);
        }
        return tag;
    }

    private void refuseTwin(Handle handle, Caller caller, Tag tag) {
        if (rows.all(handle, owner(caller)).stream().anyMatch(tag::isTwinOf)) {
            throw new ApiProblem.BadRequest("A tag with identical properties already exists.");
        }
    }

    private static void refuseReserved(Tag tag) {
        List<TagType> reserved =
                tag.types().stream().filter(TagType::builtInOnly).toList();
        if (!reserved.isEmpty()) {
            throw new ApiProblem.BadRequest("Tag types " + String.join(" and ", TagView.names(reserved))
                    + " are kept for built-in tags; choose others");
        }
    }

    private static Tag.Owner owner(Caller caller) {
        return new Tag.Owner(caller.tenantId(), caller.serviceId());
    }
}
