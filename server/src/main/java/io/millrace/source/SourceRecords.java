package io.millrace.source;

import io.millrace.http.ApiProblem;
import io.millrace.http.Caller;
import io.millrace.store.Ids;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Sources with their topics, and the rules between sources: names, slots and publications are used once. */
public final class SourceRecords {
    private final SourceRepository sources = new SourceRepository();
    private final TopicRepository topics;

    public SourceRecords(Ids ids) {
        topics = new TopicRepository(ids);
    }

    static ApiProblem unknown(SourceId id) {
        return new ApiProblem.NotFound("Source not found: " + id);
    }

    Source get(Handle handle, Caller caller, SourceId id) {
        return find(handle, id)
                .filter(source -> source.tenantId().equals(caller.tenantId())
                        && source.serviceId().equals(caller.serviceId()))
                .orElseThrow(() -> unknown(id));
    }

    Optional<Source> find(Handle handle, SourceId id) {
        return sources.find(handle, id).filter(source -> !source.course().deleted());
    }

    List<Source> find(Handle handle, List<SourceId> ids) {
        return sources.find(handle, ids);
    }

    Map<SourceId, List<SourceTopic>> topics(Handle handle, Collection<SourceId> ids) {
        return topics.of(handle, ids);
    }

    void insert(Handle handle, SourceDrafts.Draft draft) {
        check(handle, draft.source());
        sources.insert(handle, draft.source());
        topics.replace(handle, draft.source().id(), draft.topics());
    }

    void update(Handle handle, SourceDrafts.Draft draft) {
        check(handle, draft.source());
        sources.update(handle, draft.source());
        topics.replace(handle, draft.source().id(), draft.topics());
    }

    void move(Handle handle, Source source, Course course) {
        if (course.equals(source.course())) {
            return;
        }
        checkClaims(handle, source.on(course));
        sources.move(handle, source.id(), course);
    }

    void delete(Handle handle, Source source) {
        sources.move(handle, source.id(), source.course().delete());
    }

    private void check(Handle handle, Source source) {
        sources.findByName(handle, source.tenantId(), source.name())
                .filter(other -> !other.equals(source.id()))
                .ifPresent(other -> {
                    throw nameTaken(source.name());
                });
        checkClaims(handle, source);
    }

    /** Refuses what another source uses. A source that is only saved uses nothing yet. */
    private void checkClaims(Handle handle, Source source) {
        if (source.course().desired() instanceof DesiredState.Pending) {
            return;
        }
        sources.findRival(handle, source.id(), source.claims()).ifPresent(rival -> {
            boolean slot = rival.claims().slot().equals(source.claims().slot());
            String what = slot
                    ? "Replication slot '" + source.claims().slot().orElse("") + "'"
                    : "Publication '" + source.claims().publication().orElse("") + "'";
            String whose =
                    rival.tenantId().equals(source.tenantId()) ? "source '" + rival.name() + "'" : "another source";
            throw new ApiProblem.BadRequest(
                    what + " of database '" + source.claims().database().orElse("") + "' at "
                            + source.claims().server().orElse("") + " is used by " + whose + "; choose another "
                            + (slot ? "slot.name" : "publication.name"));
        });
    }

    static ApiProblem nameTaken(String name) {
        return new ApiProblem.Invalid("A source with name '" + name + "' already exists");
    }
}
