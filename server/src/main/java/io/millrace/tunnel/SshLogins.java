package io.millrace.tunnel;

import io.millrace.database.ConnectionFailedException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.security.PublicKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.client.channel.ChannelDirectTcpip;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.AttributeRepository;
import org.apache.sshd.common.AttributeRepository.AttributeKey;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.common.util.net.SshdSocketAddress;
import org.apache.sshd.core.CoreModuleProperties;

/** Logs in at SSH servers. Nothing of the files of this process's user plays a part. Thread-safe. */
final class SshLogins implements AutoCloseable {
    private static final Duration STEP = Duration.ofSeconds(10);

    /** A server that is silent for three of these is given up. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(5);

    private static final int MISSED_HEARTBEATS = 3;
    private static final AttributeKey<Handshake> HANDSHAKE = new AttributeKey<>();

    private Optional<SshClient> client = Optional.empty();

    /**
     * A login that succeeded.
     *
     * @param hostKey fingerprint of the key that the server showed
     */
    record Login(ClientSession session, String hostKey) {}

    /** What one login has to find, and what it found. */
    private record Handshake(Optional<String> known, AtomicReference<Optional<PublicKey>> shown) {
        boolean accepts(PublicKey key) {
            shown.set(Optional.of(key));
            return known.isEmpty() || known.get().equals(KeyUtils.getFingerPrint(key));
        }
    }

    /**
     * Logs in.
     *
     * @param known fingerprint of the host key that the server has to show; any will do where none is known
     */
    Login login(TunnelTerms terms, Optional<String> known) throws ConnectionFailedException {
        InetSocketAddress server =
                new InetSocketAddress(terms.server().host(), terms.server().port());
        if (server.isUnresolved()) {
            throw TunnelFailures.unknownHost(terms);
        }
        Handshake handshake = new Handshake(known, new AtomicReference<>(Optional.empty()));
        ClientSession session = connected(terms, server, handshake);
        try {
            session.addPublicKeyIdentity(terms.key().pair());
            session.auth().verify(STEP);
            return new Login(
                    session, KeyUtils.getFingerPrint(handshake.shown().get().orElseThrow()));
        } catch (IOException e) {
            session.close(true);
            Optional<PublicKey> shown = handshake.shown().get();
            if (shown.isPresent() && !handshake.accepts(shown.get())) {
                throw TunnelFailures.otherHostKey(terms, known.orElse(""), shown.get(), e);
            }
            throw TunnelFailures.refused(terms, e);
        }
    }

    /** Opens a channel to the end of a tunnel; the caller closes it. */
    ChannelDirectTcpip channel(ClientSession session, TunnelTerms terms) throws ConnectionFailedException {
        try {
            ChannelDirectTcpip channel = session.createDirectTcpipChannel(
                    new SshdSocketAddress("127.0.0.1", 0),
                    new SshdSocketAddress(terms.end().host(), terms.end().port()));
            try {
                channel.open().verify(STEP);
                return channel;
            } catch (IOException e) {
                channel.close(true);
                throw e;
            }
        } catch (IOException e) {
            throw session.isOpen() ? TunnelFailures.noForward(terms, e) : TunnelFailures.lost(terms);
        }
    }

    @Override
    public synchronized void close() {
        client.ifPresent(SshClient::stop);
        client = Optional.empty();
    }

    private ClientSession connected(TunnelTerms terms, SocketAddress server, Handshake handshake)
            throws ConnectionFailedException {
        try {
            return client().connect(
                            terms.user(), server, AttributeRepository.ofKeyValuePair(HANDSHAKE, handshake), null)
                    .verify(STEP)
                    .getClientSession();
        } catch (IOException e) {
            throw TunnelFailures.unreached(terms, e);
        }
    }

    /** Made when the first tunnel is: most platforms have none. */
    private synchronized SshClient client() {
        return client.orElseGet(() -> {
            SshClient made = SshClient.setUpDefaultClient();
            made.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
            made.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
            made.setUserAuthFactories(List.of(UserAuthPublicKeyFactory.INSTANCE));
            made.setServerKeyVerifier((session, address, key) -> Optional.ofNullable(
                            session.getConnectionContext().getAttribute(HANDSHAKE))
                    .filter(handshake -> handshake.accepts(key))
                    .isPresent());
            CoreModuleProperties.HEARTBEAT_INTERVAL.set(made, HEARTBEAT);
            CoreModuleProperties.HEARTBEAT_NO_REPLY_MAX.set(made, MISSED_HEARTBEATS);
            CoreModuleProperties.IDLE_TIMEOUT.set(made, Duration.ZERO);
            CoreModuleProperties.NIO2_READ_TIMEOUT.set(made, Duration.ZERO);
            made.start();
            client = Optional.of(made);
            return made;
        });
    }
}
