/**
 * What every resource shares: reading requests, refusing them, pages, who is asking, and the server itself.
 *
 * <p>A resource is a plain class with JAX-RS paths. Its methods take records, call one service method and answer a record;
 * they catch nothing and check no shapes. With its requests it looks like this:
 *
 * <pre>{@code
 * record StopSnapshot(String sourceId, Optional<List<String>> topicNames) {}
 *
 * record SourceFilter(@Inline PageRequest page, Optional<String> partialName, Optional<CsvOrList> status) {}
 *
 * record Options(@Default("true") boolean wait, @Default("false") boolean secretReturned) {}
 *
 * @Path("/sources")
 * public final class SourceResource {
 *     private final SourceService sources;
 *
 *     @GET
 *     @Permission("read:sources")
 *     public Page<Source> list(@Context Caller caller, @FromBodyOrQuery SourceFilter filter) {
 *         return sources.list(caller, filter);
 *     }
 *
 *     @PUT
 *     @Path("/{source_id}")
 *     @Permission("write:sources")
 *     public Source update(
 *             @Context Caller caller,
 *             @PathParam("source_id") String id,
 *             @FromQuery Options options,
 *             @FromBody SourceUpdate update) {
 *         return sources.update(caller, id, update, options);   // throws ApiProblem.NotFound("Source not found: " + id)
 *     }
 *
 *     @POST
 *     @Path("/stop_incremental_snapshot")
 *     @Permission("write:sources")
 *     public CommandResult stop(@Context Caller caller, @FromBody StopSnapshot stop) {
 *         return snapshots.stop(caller, stop);
 *     }
 * }
 * }</pre>
 *
 * <p>{@link io.millrace.http.shape} says what the records may hold. All errors of path, query and body are reported at
 * once, before the method is called, and after the permission was checked. Every method has exactly one of
 * {@link io.millrace.http.Permission}, {@link io.millrace.http.SignedIn}, {@link io.millrace.http.Open}; the server
 * refuses to start otherwise. Answers are written by {@link io.millrace.http.Json}; a JSON null is
 * {@code NullNode.getInstance()}, another media type or status a {@code Response}. Resources need no {@code @Produces} and
 * no {@code @Consumes}.
 *
 * <p>A resource that needs no data plane is marked {@link io.millrace.http.WhileStarting}; all others answer 503 until the
 * platform is ready.
 *
 * <p>Refuse by throwing an {@link io.millrace.http.ApiProblem}. Anything else that is thrown is our fault: 500, logged once.
 */
@NullMarked
package io.millrace.http;

import org.jspecify.annotations.NullMarked;
