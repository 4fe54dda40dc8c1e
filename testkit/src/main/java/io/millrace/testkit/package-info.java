/**
 * Real servers for tests and for the demo: started on free loopback ports with throw-away data, also as root, and stopped
 * by whoever started them.
 *
 * <p>{@link io.millrace.testkit.PostgresServer} runs PostgreSQL 14 to 18 from Maven artifacts:
 *
 * <pre>{@code
 * try (PostgresServer server = PostgresServer.start(18)) {
 *     PostgresDatabase shop = server.createDatabase();
 *     shop.execute("CREATE TABLE orders (id bigint PRIMARY KEY)");
 * }
 * }</pre>
 *
 * <p>{@link io.millrace.testkit.MariaDbServer} runs MariaDB 11.4 in the same way. Its programs are a jar of 150 MB,
 * which only those modules have on their class path that start it.
 *
 * <p>{@link io.millrace.testkit.S3Server} is an object store, in a process with a class path of its own.
 *
 * <p>{@link io.millrace.testkit.AzuriteServer} and {@link io.millrace.testkit.GcsServer} are the stores of other clouds, whose
 * programs {@code testkit/stores/install} gets.
 *
 * <p>{@link io.millrace.testkit.RedisServer} runs Redis 6.2, whose program is a jar of 12 MB that they bring along as well.
 *
 * <p>{@link io.millrace.testkit.SshServer} is an SSH server that forwards: OpenSSH, or Apache MINA's where there is none.
 *
 * <p>{@link io.millrace.testkit.TcpProxy} stands between a client and a server, and fails as networks do.
 */
@NullMarked
package io.millrace.testkit;

import org.jspecify.annotations.NullMarked;
