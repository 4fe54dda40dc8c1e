package io.millrace.bench;

import io.millrace.engine.ConnectCluster;
import io.millrace.engine.Engine;
import io.millrace.engine.KafkaCluster;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicLong;

/** A data plane that counts what it is asked, and hands it on. */
final class EngineCalls implements Engine {
    private final Engine engine;
    private final AtomicLong calls = new AtomicLong();
    private final ConnectCluster connect;
    private final KafkaCluster kafka;

    EngineCalls(Engine engine) {
        this.engine = engine;
        this.connect = counted(ConnectCluster.class, engine.connect());
        this.kafka = counted(KafkaCluster.class, engine.kafka());
    }

    /** Returns the number of calls to Connect and Kafka so far. */
    long count() {
        return calls.get();
    }

    @Override
    public ConnectCluster connect() {
        return connect;
    }

    @Override
    public KafkaCluster kafka() {
        return kafka;
    }

    @Override
    public void close() {
        engine.close();
    }

    private <T> T counted(Class<T> side, T target) {
        return side.cast(
                Proxy.newProxyInstance(side.getClassLoader(), new Class<?>[] {side}, (proxy, method, arguments) -> {
                    calls.incrementAndGet();
                    try {
                        return method.invoke(target, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }
}
