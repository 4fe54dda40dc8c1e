/**
 * What the server and the sink of files both need of an object store: to try whether it can be written, to put an object,
 * and to name it. {@link io.millrace.objectstore.ObjectStore} is the port; a bucket that speaks the protocol of S3, a
 * container of Azure Blob Storage and a bucket of Google Cloud Storage are behind it.
 *
 * <p>Each is a few requests over the HTTP client of the JDK, signed by {@link io.millrace.objectstore.S3Signature}, by {@link
 * io.millrace.objectstore.AzureSignature}, or with a token of {@link io.millrace.objectstore.GoogleTokens}. The three SDKs
 * would bring a hundred jars to the plugin folder, and the server could not use them.
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
