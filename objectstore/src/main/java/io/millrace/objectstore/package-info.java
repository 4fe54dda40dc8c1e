/**
 * What the server and the sink of files both need of an object store that speaks the protocol of S3: to try whether a
 * bucket can be written, to put an object, and to name it.
 *
 * <p>It is a few requests over the HTTP client of the JDK, signed by {@link io.millrace.objectstore.S3Signature}. An SDK
 * would bring thirty jars to the plugin folder, and the server could not use it.
 *
 * <pre>{@code
 * S3Bucket bucket = new S3Bucket(new S3Location(Optional.empty(), "eu-west-1", "lake"), credentials, clock);
 * bucket.tryWriting("shop/", Duration.ofSeconds(5));
 * bucket.put("shop/orders-0-0.json.gz", content, "source_1.public.orders");
 * }</pre>
 */
@NullMarked
package io.millrace.objectstore;

import org.jspecify.annotations.NullMarked;
