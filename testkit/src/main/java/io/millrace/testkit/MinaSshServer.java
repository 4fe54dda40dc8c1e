package io.millrace.testkit;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.server.config.keys.AuthorizedKeysAuthenticator;
import org.apache.sshd.server.forward.AcceptAllForwardingFilter;
import org.apache.sshd.server.keyprovider.SimpleGeneratorHostKeyProvider;

/** Apache MINA's SSH server, as far as tunnels need one. Apart from {@link SshServer}, as its library may be missing. */
final class MinaSshServer {
    private MinaSshServer() {}

    /** Starts one; closing what is returned ends it with all its connections. */
    static AutoCloseable start(int port, Path hostKey, Path authorizedKeys) throws IOException {
        org.apache.sshd.server.SshServer server = org.apache.sshd.server.SshServer.setUpDefaultServer();
        server.setHost("127.0.0.1");
        server.setPort(port);
        SimpleGeneratorHostKeyProvider keys = new SimpleGeneratorHostKeyProvider(hostKey);
        keys.setAlgorithm(KeyUtils.EC_ALGORITHM);
        server.setKeyPairProvider(keys);
        server.setPublickeyAuthenticator(new AuthorizedKeysAuthenticator(authorizedKeys));
        server.setForwardingFilter(AcceptAllForwardingFilter.INSTANCE);
        server.start();
        return () -> server.stop(true);
    }
}
