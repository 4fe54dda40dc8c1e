package io.millrace.source;

import io.millrace.catalogue.ConfigValues;
import io.millrace.control.TableName;
import java.util.List;
import java.util.Map;

/** Turns the configuration of a client into a running connector, for one kind of database. */
public interface CaptureType {
    /** Returns the connector code of the contract. */
    String code();

    /**
     * Refuses a configuration that cannot be done as asked: a key whose effect is not built, a table list that cannot be
     * read. The rules of the catalogue were checked before.
     */
    void check(ConfigValues config);

    /** Refuses a change that would lose data or that a running source cannot follow. */
    void checkChange(ConfigValues before, ConfigValues after);

    /** Returns what no other source may use. */
    Claims claims(ConfigValues config);

    /** Returns the tables to capture, in the order of the list. */
    List<TableName> tables(ConfigValues config);

    /**
     * Returns the properties of the connector that the configuration decides on.
     *
     * @param config values; those of secret keys are references that workers resolve
     */
    Map<String, String> properties(SourceId id, ConfigValues config);
}
