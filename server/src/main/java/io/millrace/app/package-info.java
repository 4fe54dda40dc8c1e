/**
 * The process: settings, data folder, wiring, start and end.
 *
 * <p>{@link io.millrace.app.Main} reads {@link io.millrace.app.Settings} and starts a {@link io.millrace.app.Platform}. The
 * platform takes the data folder, starts the data plane on one thread while it opens the store and listens for requests on
 * another, and then starts what works on both; it is ready when all of that answers. Requests are served early because
 * converters call the schema registry as soon as the data plane starts its connectors, whose secrets keep them waiting
 * until then ({@link io.millrace.app.LateSecrets}); resource methods that need the data plane are closed until it is up.
 *
 * <p>{@link io.millrace.app.Wiring} calls the constructors of all features, by hand. A new feature adds its lines there
 * and nowhere else.
 */
@NullMarked
package io.millrace.app;

import org.jspecify.annotations.NullMarked;
