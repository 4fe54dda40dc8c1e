package io.millrace.connector;

import io.millrace.secret.SealedSecrets;
import io.millrace.store.Store;
import java.util.Set;
import java.util.stream.Collectors;

/** Which master keys have to be at hand for what is kept of connectors. */
public final class SealingKeys {
    private SealingKeys() {}

    /** Returns the ids of the keys with which secrets of connectors, also of deleted ones with something left, are sealed. */
    public static Set<String> used(Store store) {
        return store.read(handle -> handle
                .createQuery("select secrets from connector union all select secrets from source_remnant")
                .mapTo(String.class)
                .list()
                .stream()
                .flatMap(secrets -> ConfigColumns.sealed(secrets).values().stream())
                .flatMap(kept -> SealedSecrets.keyOf(kept).stream())
                .collect(Collectors.toSet()));
    }
}
