package io.millrace.objectstore;

import java.net.http.HttpHeaders;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a store answered to a request.
 *
 * @param text body; XML, as a rule
 */
record S3Answer(int status, String text, HttpHeaders headers) {
    private static final Set<Integer> PASSING = Set.of(408, 409, 425, 429);
    private static final int SERVER_ERROR = 500;
    private static final int NOT_IMPLEMENTED = 501;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;

    boolean isRefusal() {
        return status / 100 != 2;
    }

    /** Returns whether the store failed, rather than the request. */
    boolean isOfServer() {
        return status >= SERVER_ERROR || PASSING.contains(status);
    }

    Optional<String> header(String name) {
        return headers.firstValue(name);
    }

    boolean isMissing() {
        return status == NOT_FOUND && !text.contains("NoSuchBucket");
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
    S3Exception asException(S3Location location, S3Credentials credentials, S3Names names) {
        String code = element("Code").orElse("");
        String bucket = "The bucket '" + location.bucket() + "' at " + location.host();
        return switch (code) {
            case "InvalidAccessKeyId" ->
                because(
                        "The access key '" + credentials.id() + "' is not known at " + location.host(),
                        "correct '" + names.id() + "'");
            case "SignatureDoesNotMatch" ->
                because(
                        "The secret does not belong to the access key '" + credentials.id() + "' at " + location.host(),
                        "correct '" + names.secret() + "'");
            case "NoSuchBucket" ->
                because(bucket + " does not exist", "create it, or correct '" + names.bucket() + "'");
            case "RequestTimeTooSkewed" ->
                because("The clock of this machine is more than 15 minutes off", "set it right");
            case "PermanentRedirect", "AuthorizationHeaderMalformed", "IllegalLocationConstraintException" ->
                because(
                        bucket + " is not in the region '" + location.region() + "'",
                        "set '" + names.region() + "' to "
                                + header("x-amz-bucket-region")
                                        .or(() -> element("Region"))
                                        .map(region -> "'" + region + "'")
                                        .orElse("its region"));
            default -> other(code, bucket, credentials);
        };
    }

    private S3Exception other(String code, String bucket, S3Credentials credentials) {
        String told = (code + " " + element("Message").orElse("")).strip();
        String because = told.isEmpty() ? "" : " (" + told + ")";
        if (status == FORBIDDEN) {
            return because(
                    bucket + " must not be written with the access key '" + credentials.id() + "'" + because,
                    "allow it s3:PutObject and s3:AbortMultipartUpload");
        }
        return isOfServer()
                ? because(bucket + " answered " + status + because, "this may pass by itself")
                : because(bucket + " answered " + status + because, "correct the endpoint or the name of the bucket");
    }

    private S3Exception because(String problem, String remedy) {
        return new S3Exception(problem, remedy, !isOfServer());
    }
}
