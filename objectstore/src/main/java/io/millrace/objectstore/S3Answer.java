package io.millrace.objectstore;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a store answered to a request that it refused.
 *
 * @param text body; XML, as a rule
 * @param bucketRegion region of the bucket, where the store tells
 */
record S3Answer(int status, String text, Optional<String> bucketRegion) {
    private static final Set<Integer> PASSING = Set.of(408, 409, 425, 429);
    private static final int SERVER_ERROR = 500;
    private static final int NOT_IMPLEMENTED = 501;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;

    boolean isRefusal() {
        return status / 100 != 2;
    }

    boolean isNotImplemented() {
        return status == NOT_IMPLEMENTED;
    }

    /** Returns the content of the first element of a name. */
    Optional<String> element(String name) {
        Matcher found = Pattern.compile("<" + name + ">([^<]*)</" + name + ">").matcher(text);
        return found.find() ? Optional.of(found.group(1)) : Optional.empty();
    }

    /** Returns what is wrong and what to do, in words. */
    S3Exception asException(S3Location location, S3Credentials credentials) {
        String code = element("Code").orElse("");
        boolean lasting = status < SERVER_ERROR && !PASSING.contains(status);
        return new S3Exception(words(code, location, credentials), lasting);
    }

    private String words(String code, S3Location location, S3Credentials credentials) {
        String bucket = "The bucket '" + location.bucket() + "' at " + location.host();
        return switch (code) {
            case "InvalidAccessKeyId" ->
                "The access key '" + credentials.id() + "' is not known at " + location.host()
                        + "; correct 'aws.access.key.id'";
            case "SignatureDoesNotMatch" ->
                "The secret does not belong to the access key '" + credentials.id() + "' at " + location.host()
                        + "; correct 'aws.secret.access.key'";
            case "NoSuchBucket" -> bucket + " does not exist; create it, or correct 'aws.s3.bucket.name'";
            case "RequestTimeTooSkewed" -> "The clock of this machine is more than 15 minutes off; set it right";
            case "PermanentRedirect", "AuthorizationHeaderMalformed", "IllegalLocationConstraintException" ->
                bucket
                        + " is not in the region '" + location.region() + "'; set 'aws.s3.region' to "
                        + bucketRegion
                                .or(() -> element("Region"))
                                .map(region -> "'" + region + "'")
                                .orElse("its region");
            default ->
                status == FORBIDDEN
                        ? bucket + " must not be written with the access key '" + credentials.id()
                                + "'; allow it s3:PutObject and s3:AbortMultipartUpload" + told(code)
                        : bucket + (status == NOT_FOUND ? " was not found" : " answered " + status) + told(code);
        };
    }

    private String told(String code) {
        String message = element("Message").orElse("");
        return code.isEmpty() && message.isEmpty() ? "" : " (" + (code + " " + message).strip() + ")";
    }
}
