package io.millrace.app;

import io.millrace.engine.ConnectCluster;
import io.millrace.engine.Engine;
import io.millrace.engine.EngineException;
import io.millrace.engine.KafkaCluster;
import io.millrace.engine.Measurements;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/** The data plane for those who are wired before it is started. Until then every call says so. */
final class EngineSlot implements Engine {
    private final AtomicReference<Optional<Engine>> engine = new AtomicReference<>(Optional.empty());
    private final ConnectCluster connect = late(ConnectCluster.class, Engine::connect);
    private final KafkaCluster kafka = late(KafkaCluster.class, Engine::kafka);

    /** Puts the started data plane in. */
    void fill(Engine started) {
        engine.set(Optional.of(started));
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
    public Measurements measurements() {
        return engine.get().map(Engine::measurements).orElse(Measurements.NONE);
    }

    @Override
    public Optional<String> failure() {
        return engine.get().flatMap(Engine::failure);
    }

    @Override
    public void close() {
        engine.get().ifPresent(Engine::close);
    }

    private <T> T late(Class<T> side, Function<Engine, T> of) {
        return side.cast(
                Proxy.newProxyInstance(side.getClassLoader(), new Class<?>[] {side}, (proxy, method, arguments) -> {
                    T target = of.apply(
                            engine.get().orElseThrow(() -> new EngineException("the data plane is still starting")));
                    try {
                        return method.invoke(target, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }
}
