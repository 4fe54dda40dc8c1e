/**
 * One mechanism that turns JSON and query strings into records and finds every error of shape on the way.
 *
 * <p>A request is described by a record. Its components are the members of the JSON object, in snake_case, in the order
 * in which errors are reported; their types and annotations say what is accepted:
 *
 * <pre>{@code
 * record ExecuteSnapshot(
 *         String sourceId,                                        // required
 *         Optional<List<String>> topicNames,                      // null or absent is empty
 *         @Default("incremental") SnapshotType snapshotType,      // absent is the default; null is refused
 *         Optional<@Min(1) Long> maxRowsPerSecond,
 *         Optional<List<AdditionalCondition>> additionalConditions) {}
 * }</pre>
 *
 * <p>Types: {@code String}, {@code boolean}, {@code int}, {@code long}, {@code double}, {@code Instant}, enums (lower-case
 * names, or {@code @JsonProperty}), records, {@code List}, {@code Map<String, ?>}, {@code Optional}, {@code JsonNode} (anything),
 * {@code ObjectNode} (any object), {@link io.millrace.http.shape.CsvOrList}, and classes with a static {@code of(String)}.
 * Annotations: {@link io.millrace.http.shape.Member} (another name), {@link io.millrace.http.shape.Default},
 * {@link io.millrace.http.shape.Size}, {@link io.millrace.http.shape.Min}, {@link io.millrace.http.shape.Max},
 * {@link io.millrace.http.shape.Matches}, {@link io.millrace.http.shape.Inline} (a record whose components count as the
 * outer record's own), {@link io.millrace.http.shape.RequiredUnless}.
 *
 * <p>What is accepted, and the type, place and wording of each error, are those of Pydantic 2 in its lax mode, because
 * clients know them from FastAPI. Members that the record does not have are ignored.
 */
@NullMarked
package io.millrace.http.shape;

import org.jspecify.annotations.NullMarked;
