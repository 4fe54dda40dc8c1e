/** Pipelines into real destinations, over the REST API. */
@NullMarked
package io.millrace.it.pipeline;

import org.jspecify.annotations.NullMarked;
