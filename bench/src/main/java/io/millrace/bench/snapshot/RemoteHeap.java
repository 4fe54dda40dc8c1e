package io.millrace.bench.snapshot;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import io.millrace.demo.DemoFailure;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** The heap of another JVM of this user. */
final class RemoteHeap implements AutoCloseable {
    private static final double MEBIBYTE = 1 << 20;

    private final JMXConnector connection;
    private final MemoryMXBean memory;

    private RemoteHeap(JMXConnector connection) throws IOException {
        this.connection = connection;
        this.memory = ManagementFactory.newPlatformMXBeanProxy(
                connection.getMBeanServerConnection(), ManagementFactory.MEMORY_MXBEAN_NAME, MemoryMXBean.class);
    }

    @SuppressWarnings("BanJNDI") // The address is that of a process of ours, which the system itself has named.
    static RemoteHeap of(long pid) {
        try {
            VirtualMachine machine = VirtualMachine.attach(String.valueOf(pid));
            try {
                return new RemoteHeap(
                        JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent())));
            } finally {
                machine.detach();
            }
        } catch (AttachNotSupportedException | IOException e) {
            throw new DemoFailure("the heap of process " + pid + " cannot be looked at: " + e, e);
        }
    }

    /** Returns what is in use after a full collection. */
    double liveMebibytes() {
        memory.gc();
        return memory.getHeapMemoryUsage().getUsed() / MEBIBYTE;
    }

    double mostMebibytes() {
        return memory.getHeapMemoryUsage().getMax() / MEBIBYTE;
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
