package io.millrace.source;

import io.millrace.http.ApiProblem;
import io.millrace.http.Caller;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Sources with their topics, and the rules between sources: names, slots and publications are used once. */
public final class SourceRecords {
    private final SourceRepository sources;
    private final TopicRepository topics;

    SourceRecords(SourceTables tables) {
        sources = tables.sources();
        topics = tables.topics();
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
        checkFree(handle, source.tenantId(), Optional.empty(), Optional.of(source.id()), claims(source.on(course)));
        sources.move(handle, source.id(), course);
    }

    void delete(Handle handle, Source source) {
        sources.move(handle, source.id(), source.course().delete());
    }

    /**
     * Refuses what another source uses.
     *
     * @param name name to look for, if any
     * @param self the source that it is for, if it exists
     */
    void checkFree(Handle handle, String tenantId, Optional<String> name, Optional<SourceId> self, Claims claims) {
        name.flatMap(wanted -> sources.findByName(handle, tenantId, wanted))
                .filter(other -> !Optional.of(other).equals(self))
                .ifPresent(other -> {
                    throw nameTaken(name.orElse(""));
                });
        sources.findRival(handle, self, claims).ifPresent(rival -> {
            throw claimTaken(tenantId, claims, rival);
        });
    }

    private void check(Handle handle, Source source) {
        checkFree(handle, source.tenantId(), Optional.of(source.name()), Optional.of(source.id()), claims(source));
    }

    /** A source that is only saved uses nothing yet. */
    private static Claims claims(Source source) {
        return source.course().desired() instanceof DesiredState.Pending ? Claims.NONE : source.claims();
    }

    private static ApiProblem claimTaken(String tenantId, Claims claims, Source rival) {
        boolean slot = rival.claims().slot().equals(claims.slot());
        String what = slot
                ? "Replication slot '" + claims.slot().orElse("") + "'"
                : "Publication '" + claims.publication().orElse("") + "'";
        String whose = rival.tenantId().equals(tenantId) ? "source '" + rival.name() + "'" : "another source";
        return new ApiProblem.BadRequest(
                what + " of database '" + claims.database().orElse("") + "' at "
                        + claims.server().orElse("") + " is used by " + whose + "; choose another "
                        + (slot ? "slot.name" : "publication.name"));
    }

    /** Returns a topic of a source of the caller's by its database id. */
    Optional<Map.Entry<SourceId, SourceTopic>> topic(Handle handle, Caller caller, String dbId) {
        return topics.findByDbId(handle, dbId).filter(found -> find(handle, found.getKey())
                .filter(source -> source.tenantId().equals(caller.tenantId())
                        && source.serviceId().equals(caller.serviceId()))
                .isPresent());
    }

    static ApiProblem nameTaken(String name) {
        return new ApiProblem.Invalid("A source with name '" + name + "' already exists");
    }
}
