package io.millrace.connect.converters.registry;

/** Ids of Avro schemas. Thread-safe. */
public interface SchemaRegistry {
    /**
     * Returns the id of the schema under the subject, registering it if it is not there. Repeating the call gives the
     * same id.
     *
     * @throws org.apache.kafka.connect.errors.DataException if the registry refuses the schema
     * @throws org.apache.kafka.connect.errors.ConnectException if the registry cannot be reached or refuses the caller
     */
    int register(String subject, String schema);

    /**
     * Returns the text of a schema.
     *
     * @throws org.apache.kafka.connect.errors.DataException if the id is unknown
     * @throws org.apache.kafka.connect.errors.ConnectException if the registry cannot be reached or refuses the caller
     */
    String schema(int id);
}
