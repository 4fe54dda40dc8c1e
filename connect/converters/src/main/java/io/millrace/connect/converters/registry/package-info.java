/**
 * The schema registry as a converter sees it: a text under a subject has an id, and an id has a text.
 *
 * <p>The registry may start after the worker that needs it, so a registry that cannot be reached is asked again for
 * about a minute before a record fails. What it has said once never changes and is kept.
 */
@NullMarked
package io.millrace.connect.converters.registry;

import org.jspecify.annotations.NullMarked;
