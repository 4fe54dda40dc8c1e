package io.millrace.destination.files;

import io.millrace.catalogue.ConfigValues;
import io.millrace.connector.ConnectorId;
import io.millrace.database.Check;
import io.millrace.database.ValidationReport;
import io.millrace.destination.DestinationType;
import io.millrace.http.ApiProblem;
import io.millrace.objectstore.S3Bucket;
import io.millrace.objectstore.S3Credentials;
import io.millrace.objectstore.S3Location;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Files in a bucket of S3, or of a store that speaks its protocol. */
public final class S3Destination implements DestinationType {
    private static final String ID = "aws.access.key.id";
    private static final String SECRET = "aws.secret.access.key";
    private static final String BUCKET = "aws.s3.bucket.name";
    private static final String REGION = "aws.s3.region";

    /** Not in the catalogue: the URL of a store that is not Amazon's. */
    private static final String ENDPOINT = "aws.s3.endpoint";

    private static final String ACCOUNT = "r2.account.user.defined";
    private static final Pattern SAFE_ACCOUNT = Pattern.compile("[A-Za-z0-9-]{1,64}");

    private final String code;
    private final Clock clock;
    private final boolean cloudflare;

    private S3Destination(String code, Clock clock, boolean cloudflare) {
        this.code = code;
        this.clock = clock;
        this.cloudflare = cloudflare;
    }

    /** Returns buckets of Amazon S3. */
    public static S3Destination amazon(Clock clock) {
        return new S3Destination("s3", clock, false);
    }

    /** Returns buckets of Amazon S3 that Starburst reads: the same files. */
    public static S3Destination starburst(Clock clock) {
        return new S3Destination("starburst", clock, false);
    }

    /** Returns buckets of Cloudflare R2, whose address is made of the account. */
    public static S3Destination cloudflare(Clock clock) {
        return new S3Destination("r2", clock, true);
    }

    @Override
    public String code() {
        return code;
    }

    @Override
    public void check(ConfigValues config) {
        FileKeys.check(config, ID, BUCKET, REGION, ENDPOINT);
        location(config);
    }

    @Override
    public Map<String, String> properties(ConnectorId id, ConfigValues config) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("connector.class", FileKeys.CONNECTOR_CLASS);
        properties.put(ID, FileKeys.text(config, ID));
        properties.put(SECRET, FileKeys.text(config, SECRET));
        properties.put(BUCKET, FileKeys.text(config, BUCKET));
        properties.put(REGION, region(config));
        endpoint(config).ifPresent(url -> properties.put(ENDPOINT, url));
        properties.putAll(FileKeys.properties(config));
        return properties;
    }

    @Override
    public Optional<String> prepare(ConfigValues config) throws SQLException {
        return StoreTrial.prepare(within -> look(config, within));
    }

    @Override
    public ValidationReport validate(ConfigValues config, Duration limit) {
        return StoreTrial.validate(within -> look(config, within), limit);
    }

    private Check look(ConfigValues config, Duration within) {
        S3Credentials credentials = new S3Credentials(FileKeys.text(config, ID), FileKeys.text(config, SECRET));
        S3Location location = location(config);
        return StoreTrial.of(
                "bucket",
                "Objects can be put into the bucket '" + location.bucket() + "'.",
                new S3Bucket(location, credentials, clock),
                FileKeys.text(config, FileKeys.PREFIX),
                within);
    }

    private S3Location location(ConfigValues config) {
        try {
            return new S3Location(
                    endpoint(config).map(S3Location::endpoint), region(config), FileKeys.text(config, BUCKET));
        } catch (IllegalArgumentException e) {
            throw new ApiProblem.BadRequest(
                    e.getMessage() + "; correct '" + ENDPOINT + "', '" + REGION + "' or '" + BUCKET + "'");
        }
    }

    private Optional<String> endpoint(ConfigValues config) {
        Optional<String> given = config.text(ENDPOINT);
        if (given.isPresent() || !cloudflare) {
            return given;
        }
        String account = FileKeys.text(config, ACCOUNT);
        if (!SAFE_ACCOUNT.matcher(account).matches()) {
            throw new ApiProblem.BadRequest(
                    "'" + ACCOUNT + "' must be the id of an account, of letters and digits, not '" + account + "'");
        }
        return Optional.of("https://" + account + ".r2.cloudflarestorage.com");
    }

    private String region(ConfigValues config) {
        return cloudflare ? "auto" : FileKeys.text(config, REGION);
    }
}
