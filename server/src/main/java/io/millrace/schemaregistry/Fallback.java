package io.millrace.schemaregistry;

import io.millrace.http.shape.Default;
import io.millrace.http.shape.Member;

/**
 * Whether a subject without a setting of its own is answered with the one that holds for it.
 *
 * @param defaultToGlobal true for that, false for a refusal
 */
public record Fallback(@Member("defaultToGlobal") @Default("false") boolean defaultToGlobal) {}
