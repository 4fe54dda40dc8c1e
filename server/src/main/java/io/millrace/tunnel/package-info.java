/**
 * SSH tunnels to the databases of sources and destinations, by Apache MINA SSHD.
 *
 * <p>A {@link io.millrace.tunnel.Tunnel} has a door on this side, a loopback port that stays the same as long as its connector
 * is wanted, and an SSH connection behind it that is made anew whenever it drops:
 *
 * <pre>
 * worker, server  ->  127.0.0.1:41873 (door)  =  SSH to bastion:22  =  db.internal:5432
 * </pre>
 *
 * <p>{@link io.millrace.tunnel.Tunnels} is all that others see: as {@link io.millrace.connector.Ways} it puts the address of
 * the door into configurations, and tells what stands in a way. The key pair of a connector is made when it is first saved
 * ({@link io.millrace.tunnel.TunnelKey}); the private half is a secret of the server's own and is never answered. The host
 * key of an SSH server is trusted when it is first seen and compared from then on.
 */
@NullMarked
package io.millrace.tunnel;

import org.jspecify.annotations.NullMarked;
