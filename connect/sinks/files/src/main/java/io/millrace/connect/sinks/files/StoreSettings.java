package io.millrace.connect.sinks.files;

import io.millrace.objectstore.AzureContainer;
import io.millrace.objectstore.AzureLocation;
import io.millrace.objectstore.GoogleBucket;
import io.millrace.objectstore.GoogleLocation;
import io.millrace.objectstore.ObjectStore;
import io.millrace.objectstore.S3Bucket;
import io.millrace.objectstore.S3Credentials;
import io.millrace.objectstore.S3Location;
import io.millrace.objectstore.ServiceAccount;
import java.net.URI;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.NonEmptyString;
import org.apache.kafka.common.config.ConfigDef.ValidString;
import org.apache.kafka.common.config.ConfigException;

/** Where files go. Of each store only its own settings are read. */
sealed interface StoreSettings {
    /** Which store it is. */
    String KIND = "file.store";

    /** Returns the store. */
    ObjectStore open(Clock clock);

    /** The kinds of stores. */
    enum Kind {
        S3,
        AZBLOB,
        GCS;

        String setting() {
            return name().toLowerCase(Locale.ROOT);
        }

        static List<String> settings() {
            return Arrays.stream(values()).map(Kind::setting).toList();
        }
    }

    /** A bucket that speaks the protocol of S3. */
    record S3(S3Location location, S3Credentials credentials) implements StoreSettings {
        private static final String ID = "aws.access.key.id";
        private static final String SECRET = "aws.secret.access.key";
        private static final String REGION = "aws.s3.region";
        private static final String BUCKET = "aws.s3.bucket.name";
        private static final String ENDPOINT = "aws.s3.endpoint";

        private static void define(ConfigDef definition) {
            definition
                    .define(ID, ConfigDef.Type.STRING, "", Importance.HIGH, "access key")
                    .define(SECRET, ConfigDef.Type.PASSWORD, "", Importance.HIGH, "secret of the access key")
                    .define(
                            REGION,
                            ConfigDef.Type.STRING,
                            "us-west-2",
                            new NonEmptyString(),
                            Importance.HIGH,
                            "region of the bucket")
                    .define(BUCKET, ConfigDef.Type.STRING, "", Importance.HIGH, "bucket")
                    .define(
                            ENDPOINT,
                            ConfigDef.Type.STRING,
                            "",
                            Importance.MEDIUM,
                            "URL of a store that is not Amazon's");
        }

        private static S3 of(AbstractConfig config) {
            return new S3(
                    new S3Location(endpoint(config, ENDPOINT), config.getString(REGION), needed(config, BUCKET)),
                    new S3Credentials(needed(config, ID), secret(config, SECRET)));
        }

        @Override
        public ObjectStore open(Clock clock) {
            return new S3Bucket(location, credentials, clock);
        }
    }

    /** A container of Azure Blob Storage. */
    record Azure(AzureLocation location) implements StoreSettings {
        private static final String CONNECTION = "azblob.connection.string";
        private static final String CONTAINER = "azblob.container.name";

        private static void define(ConfigDef definition) {
            definition
                    .define(
                            CONNECTION,
                            ConfigDef.Type.PASSWORD,
                            "",
                            Importance.HIGH,
                            "connection string, or URL of a shared access signature")
                    .define(CONTAINER, ConfigDef.Type.STRING, "", Importance.HIGH, "container");
        }

        private static Azure of(AbstractConfig config) {
            Optional<String> container =
                    Optional.of(config.getString(CONTAINER)).filter(name -> !name.isBlank());
            return new Azure(understood(CONNECTION, () -> AzureLocation.of(secret(config, CONNECTION), container)));
        }

        @Override
        public ObjectStore open(Clock clock) {
            return new AzureContainer(location, clock);
        }
    }

    /** A bucket of Google Cloud Storage. */
    record Google(GoogleLocation location, Optional<ServiceAccount> account) implements StoreSettings {
        private static final String CREDENTIALS = "gcs.credentials.json";
        private static final String BUCKET = "gcs.bucket.name";
        private static final String ENDPOINT = "gcs.endpoint";

        private static void define(ConfigDef definition) {
            definition
                    .define(
                            CREDENTIALS,
                            ConfigDef.Type.PASSWORD,
                            "",
                            Importance.HIGH,
                            "key of a service account, as the text of its file")
                    .define(BUCKET, ConfigDef.Type.STRING, "", Importance.HIGH, "bucket")
                    .define(
                            ENDPOINT,
                            ConfigDef.Type.STRING,
                            "",
                            Importance.MEDIUM,
                            "URL of what stands in for Google's store");
        }

        private static Google of(AbstractConfig config) {
            Optional<URI> endpoint = endpoint(config, ENDPOINT);
            boolean anonymous = endpoint.isPresent()
                    && config.getPassword(CREDENTIALS).value().isBlank();
            return new Google(
                    understood(BUCKET, () -> new GoogleLocation(endpoint, needed(config, BUCKET))),
                    anonymous
                            ? Optional.empty()
                            : Optional.of(
                                    understood(CREDENTIALS, () -> ServiceAccount.of(secret(config, CREDENTIALS)))));
        }

        @Override
        public ObjectStore open(Clock clock) {
            return new GoogleBucket(location, account, clock);
        }
    }

    /** Adds names and defaults of the settings of all stores. */
    static ConfigDef define(ConfigDef definition) {
        definition.define(
                KIND,
                ConfigDef.Type.STRING,
                Kind.S3.setting(),
                ValidString.in(Kind.settings().toArray(String[]::new)),
                Importance.HIGH,
                "kind of store");
        S3.define(definition);
        Azure.define(definition);
        Google.define(definition);
        return definition;
    }

    /**
     * Reads the settings of the store that is asked for.
     *
     * @throws ConfigException that names the setting and says what is wrong with it
     */
    static StoreSettings of(AbstractConfig config) {
        return switch (Kind.valueOf(config.getString(KIND).toUpperCase(Locale.ROOT))) {
            case S3 -> S3.of(config);
            case AZBLOB -> Azure.of(config);
            case GCS -> Google.of(config);
        };
    }

    private static Optional<URI> endpoint(AbstractConfig config, String key) {
        String given = config.getString(key);
        return given.isBlank() ? Optional.empty() : Optional.of(understood(key, () -> S3Location.endpoint(given)));
    }

    /** What is secret is in none of the messages. */
    private static <T> T understood(String key, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (IllegalArgumentException e) {
            throw new ConfigException("'" + key + "' " + e.getMessage());
        }
    }

    private static String needed(AbstractConfig config, String key) {
        return present(key, config.getString(key));
    }

    private static String secret(AbstractConfig config, String key) {
        return present(key, config.getPassword(key).value());
    }

    private static String present(String key, String value) {
        if (value.isBlank()) {
            throw new ConfigException("'" + key + "' is missing");
        }
        return value;
    }
}
